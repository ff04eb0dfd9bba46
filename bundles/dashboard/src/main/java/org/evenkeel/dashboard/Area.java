package org.evenkeel.dashboard;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.evenkeel.accounts.Accounts;
import org.evenkeel.accounts.Principal;
import org.evenkeel.ledger.LedgerException;
import org.evenkeel.ledger.NotFoundException;
import org.evenkeel.ledger.PageRequest;

/**
 * What the pages' servlets have in common: the session, the frame around a page, paging, and what becomes of a failure. A form
 * answers with a redirect back to the page, which shows once what was done.
 */
public abstract class Area extends HttpServlet {
    private static final long serialVersionUID = 1L;
    static final int ROWS = 50;

    /** The entries of the navigation. */
    public enum Name {
        PRODUCTS,
        STORES,
        ORDERS,
        INBOX,
        RULES,
        AUDIT,
        ACCOUNT
    }

    private final Name name;
    private final transient Surroundings surroundings;

    Area(Name name, Surroundings surroundings) {
        this.name = name;
        this.surroundings = surroundings;
    }

    /** Answers a page. */
    abstract void page(HttpServletRequest request, HttpServletResponse response) throws IOException;

    /**
     * Does what a form asks.
     *
     * @return what was done, in words
     */
    String act(HttpServletRequest request) {
        throw new NotFoundException("This page takes no form.");
    }

    @Override
    protected final void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        try {
            page(request, response);
        } catch (NotFoundException missing) {
            response.setStatus(404);
            render(response, "missing.jte", new Missing(frame(request, "Not found"), missing.getMessage()));
        } catch (NotAllowedException refused) {
            response.setStatus(403);
            render(response, "missing.jte", new Missing(frame(request, "Not allowed"), refused.getMessage()));
        } catch (LedgerException refused) {
            response.setStatus(400);
            render(response, "missing.jte", new Missing(frame(request, "Not possible"), refused.getMessage()));
        }
    }

    @Override
    protected final void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String target = target(request);
        try {
            submitted(request, response);
        } catch (LedgerException | NotAllowedException refused) {
            answer(request, response, target, new Notice(refused.getMessage(), true));
        } catch (NumberFormatException malformed) {
            answer(request, response, target, new Notice("That is no whole number.", true));
        }
    }

    /** Answers a form: does what it asks and goes back to the page, which says once what was done. */
    void submitted(HttpServletRequest request, HttpServletResponse response) throws IOException {
        answer(request, response, target(request), new Notice(act(request), false));
    }

    final void answer(HttpServletRequest request, HttpServletResponse response, String target, Notice notice)
            throws IOException {
        surroundings.notices().say(session(request), notice);
        response.sendRedirect(target);
    }

    /** A page that is not there. */
    public record Missing(Frame frame, String message) {}

    static Accounts.Session session(HttpServletRequest request) {
        return (Accounts.Session) request.getAttribute(Gate.SESSION);
    }

    static String actor(HttpServletRequest request) {
        return session(request).principal().actor();
    }

    static void require(HttpServletRequest request, Principal.Scope scope) {
        if (!session(request).principal().may(scope)) {
            throw new NotAllowedException("Your account may not do this: it needs the scope " + scope + ".");
        }
    }

    /** The session's principal may not do that. */
    static final class NotAllowedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NotAllowedException(String message) {
            super(message);
        }
    }

    final Frame frame(HttpServletRequest request, String title) {
        return new Frame(
                title,
                name,
                session(request),
                surroundings.demo(),
                surroundings.waiting(),
                isPart(request) ? null : surroundings.notices().heard(session(request)));
    }

    /** Whether an open page asks for a part of itself: a notice in the answer would be seen by nobody. */
    private static boolean isPart(HttpServletRequest request) {
        return request.getHeader("HX-Request") != null;
    }

    final void render(HttpServletResponse response, String template, Object view) throws IOException {
        surroundings.render(response, template, view);
    }

    static String text(HttpServletRequest request, String parameter) {
        String value = request.getParameter(parameter);
        return value == null ? "" : value.strip();
    }

    static PageRequest pageRequest(HttpServletRequest request) {
        String page = text(request, "page");
        int number = page.matches("[1-9][0-9]{0,6}") ? Integer.parseInt(page) : 1;
        return new PageRequest((number - 1) * ROWS, ROWS);
    }

    static <E extends Enum<E>> E choice(HttpServletRequest request, String parameter, E otherwise) {
        String value = text(request, parameter);
        for (E choice : otherwise.getDeclaringClass().getEnumConstants()) {
            if (choice.name().equalsIgnoreCase(value)) {
                return choice;
            }
        }
        return otherwise;
    }

    /** Where a form wants to go back to: a path of this site, else the form's own. */
    private static String target(HttpServletRequest request) {
        return Links.local(text(request, "back"), request.getRequestURI());
    }
}
