package org.evenkeel.dashboard;

import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.evenkeel.accounts.Accounts;
import org.evenkeel.accounts.Principal;
import org.evenkeel.ledger.InvalidInputException;
import org.evenkeel.ledger.NotFoundException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;

/** One's password, and the tokens of the API. */
@Component(service = Servlet.class)
@HttpWhiteboardServletPattern("/account")
@Web.InContext
public final class AccountServlet extends Area {
    private static final long serialVersionUID = 1L;
    private final transient Accounts accounts;

    @Activate
    public AccountServlet(@Reference Accounts accounts, @Reference Surroundings surroundings) {
        super(Name.ACCOUNT, surroundings);
        this.accounts = accounts;
    }

    /**
     * The page.
     *
     * @param secret a token's secret, shown this once; empty otherwise
     */
    public record View(Frame frame, List<Accounts.Token> tokens, String secret) {}

    @Override
    void page(HttpServletRequest request, HttpServletResponse response) throws IOException {
        show(request, response, "");
    }

    private void show(HttpServletRequest request, HttpServletResponse response, String secret) throws IOException {
        Frame frame = frame(request, "Account");
        render(response, "account.jte", new View(frame, frame.administers() ? accounts.tokens() : List.of(), secret));
    }

    /** A new token is answered by the page itself, for its secret goes nowhere else; anything else by a redirect. */
    @Override
    void submitted(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (text(request, "do").equals("create-token")) {
            require(request, Principal.Scope.ADMIN);
            show(request, response, createToken(request));
        } else {
            super.submitted(request, response);
        }
    }

    private String createToken(HttpServletRequest request) {
        try {
            return accounts.createToken(
                    text(request, "name"),
                    choice(request, "scope", Principal.Scope.READ),
                    session(request).principal());
        } catch (IllegalArgumentException refused) {
            throw new InvalidInputException("name", refused.getMessage());
        }
    }

    @Override
    String act(HttpServletRequest request) {
        return switch (text(request, "do")) {
            case "password" -> password(request);
            case "revoke" -> {
                require(request, Principal.Scope.ADMIN);
                accounts.revokeToken(
                        Long.parseLong(text(request, "token")), session(request).principal());
                yield "The token was taken back.";
            }
            default -> throw new NotFoundException("This page takes no such form.");
        };
    }

    private String password(HttpServletRequest request) {
        String wanted = request.getParameter("wanted");
        if (wanted == null || !wanted.equals(request.getParameter("again"))) {
            throw new InvalidInputException("again", "The two new passwords are not the same.");
        }
        String present = request.getParameter("present");
        Optional<String> refused = accounts.changePassword(session(request), present == null ? "" : present, wanted);
        if (refused.isPresent()) {
            throw new InvalidInputException("password", refused.get());
        }
        return "The password was changed. Other sessions have ended.";
    }
}
