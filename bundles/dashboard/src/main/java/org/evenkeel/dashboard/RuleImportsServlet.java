package org.evenkeel.dashboard;

import jakarta.servlet.Servlet;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.Part;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.evenkeel.accounts.Principal;
import org.evenkeel.ledger.InvalidInputException;
import org.evenkeel.ledger.NotFoundException;
import org.evenkeel.ledger.Page;
import org.evenkeel.ledger.RuleImport;
import org.evenkeel.ledger.RuleImports;
import org.evenkeel.ledger.RulePreview;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletMultipart;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;

/** Files of rules: all of them, one that is sent in, and each with its problems, or with what it would do. */
@Component(service = Servlet.class)
@HttpWhiteboardServletPattern({RuleImportsServlet.PATH, RuleImportsServlet.PATH + "/*"})
@HttpWhiteboardServletMultipart(maxFileSize = RuleImportsServlet.LARGEST_FILE, fileSizeThreshold = 1 << 20)
@Web.InContext
public final class RuleImportsServlet extends Area {
    static final String PATH = "/rule-imports";
    static final long LARGEST_FILE = 64L << 20;
    private static final long serialVersionUID = 1L;
    private final transient RuleImports imports;

    @Activate
    public RuleImportsServlet(@Reference RuleImports imports, @Reference Surroundings surroundings) {
        super(Name.RULES, surroundings);
        this.imports = imports;
    }

    /** The list. */
    public record ListView(Frame frame, Page<RuleImport> imports, Links links) {}

    /**
     * One file.
     *
     * @param problems what is wrong with it; null where it is not refused
     * @param preview what it would do; null where it cannot be applied
     * @param all whether figures that stay as they are, are shown too
     */
    public record View(
            Frame frame,
            RuleImport staged,
            Page<RuleImports.Problem> problems,
            RulePreview preview,
            boolean all,
            Links links) {}

    @Override
    void page(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (request.getPathInfo() == null || request.getPathInfo().equals("/")) {
            render(
                    response,
                    "rule-imports.jte",
                    new ListView(
                            frame(request, "Files of rules"),
                            imports.imports(pageRequest(request)),
                            Links.of(request, PATH)));
            return;
        }
        RuleImport staged = staged(request);
        boolean refused = staged.state() == RuleImport.State.REFUSED;
        boolean open = staged.state() == RuleImport.State.READY || staged.state() == RuleImport.State.APPLYING;
        boolean all = !text(request, "all").isEmpty();
        render(
                response,
                "rule-import.jte",
                new View(
                        frame(request, staged.name()),
                        staged,
                        refused ? imports.problems(staged.id(), pageRequest(request)) : null,
                        open ? imports.preview(staged.id(), !all, pageRequest(request)) : null,
                        all,
                        Links.of(request, PATH + "/" + staged.id())));
    }

    /** A file is staged and shown; what can be done with it is done. */
    @Override
    void submitted(HttpServletRequest request, HttpServletResponse response) throws IOException {
        require(request, Principal.Scope.WRITE);
        if (request.getPathInfo() == null) {
            response.sendRedirect(PATH + "/" + stage(request).id());
        } else if (text(request, "do").equals("undo")) {
            RuleImport undo = imports.undo(staged(request).id(), actor(request));
            answer(
                    request,
                    response,
                    PATH + "/" + undo.id(),
                    new Notice("This takes it back, once you apply it.", false));
        } else {
            super.submitted(request, response);
        }
    }

    @Override
    String act(HttpServletRequest request) {
        long id = staged(request).id();
        return switch (text(request, "do")) {
            case "apply" ->
                "Applied: "
                        + Words.count(imports.apply(id, actor(request)).changed(), "rule is", "rules are")
                        + " another one now. Figures that they change are on their way to the stores.";
            case "discard" -> {
                imports.discard(id, actor(request));
                yield "Discarded; nothing was changed.";
            }
            default -> throw new NotFoundException("This page takes no such form.");
        };
    }

    private RuleImport stage(HttpServletRequest request) throws IOException {
        try {
            Part file = request.getPart("file");
            if (file == null || file.getSize() == 0) {
                throw new InvalidInputException("file", "Choose a file of rules first.");
            }
            String name = file.getSubmittedFileName();
            try (InputStream csv = file.getInputStream()) {
                return imports.stage(
                        name == null ? "" : name, new InputStreamReader(csv, StandardCharsets.UTF_8), actor(request));
            } finally {
                file.delete();
            }
        } catch (ServletException malformed) {
            throw new InvalidInputException("file", "The file did not arrive: " + malformed.getMessage());
        }
    }

    private RuleImport staged(HttpServletRequest request) {
        String path = request.getPathInfo();
        if (path == null || !path.matches("/[1-9][0-9]{0,17}")) {
            throw new NotFoundException("There is no such file of rules.");
        }
        long id = Long.parseLong(path.substring(1));
        return imports.find(id).orElseThrow(() -> new NotFoundException("There is no file of rules " + id + "."));
    }
}
