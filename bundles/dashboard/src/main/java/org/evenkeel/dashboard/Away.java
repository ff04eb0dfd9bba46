package org.evenkeel.dashboard;

import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.propertytypes.ServiceRanking;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;
import org.osgi.service.component.runtime.dto.ReferenceDTO;
import org.osgi.service.component.runtime.dto.UnsatisfiedReferenceDTO;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;

/** Stands in for pages whose services are away (starting, stopped, failed), and says which those are. */
@Component(service = Servlet.class)
@HttpWhiteboardServletPattern({
    "/products",
    "/products/*",
    "/stores",
    "/stores/*",
    "/store-form",
    "/store-settings",
    "/windows.csv",
    "/orders",
    "/order",
    "/inbox",
    "/plans",
    "/plans/*",
    "/runs/*",
    "/audit",
    "/account",
    "/login",
    "/logout"
})
@ServiceRanking(-1_000)
@Web.InContext
public final class Away extends Area {
    private static final long serialVersionUID = 1L;
    private static final int SECONDS = 5;
    private final transient BundleContext bundle;
    private final transient ServiceComponentRuntime components;

    @Activate
    public Away(
            BundleContext bundle, @Reference ServiceComponentRuntime components, @Reference Surroundings surroundings) {
        super(Name.PRODUCTS, surroundings);
        this.bundle = bundle;
        this.components = components;
    }

    @Override
    void page(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (session(request) == null) {
            answer(response);
            return;
        }
        unavailable(response);
        String missing = String.join(", ", missing());
        render(
                response,
                "missing.jte",
                new Missing(
                        frame(request, "Away"),
                        "This page is away because a part of Evenkeel is: it is starting, was stopped, or failed, and then the"
                                + " log has the reason. "
                                + (missing.isEmpty() ? "" : "What is missing: " + missing + ".")));
    }

    @Override
    void submitted(HttpServletRequest request, HttpServletResponse response) throws IOException {
        page(request, response);
    }

    /** The services that components of this bundle wait for. */
    private TreeSet<String> missing() {
        TreeSet<String> names = new TreeSet<>();
        components
                .getComponentDescriptionDTOs(bundle.getBundle())
                .forEach(component -> components.getComponentConfigurationDTOs(component).stream()
                        .flatMap(configuration -> missing(component, configuration))
                        .forEach(names::add));
        return names;
    }

    private static Stream<String> missing(ComponentDescriptionDTO component, ComponentConfigurationDTO configuration) {
        return Arrays.stream(configuration.unsatisfiedReferences)
                .map((UnsatisfiedReferenceDTO waiting) -> waiting.name)
                .flatMap(name -> Arrays.stream(component.references)
                        .filter((ReferenceDTO reference) -> reference.name.equals(name))
                        .map(reference -> reference.interfaceName));
    }

    /** The answer while nobody can be asked who somebody is; it needs nothing, and tells a stranger nothing. */
    static void answer(HttpServletResponse response) throws IOException {
        unavailable(response);
        response.setContentType("text/plain; charset=utf-8");
        response.getOutputStream()
                .write(
                        ("Evenkeel is starting, or its database is away: nobody can log in yet. Load this page again in a"
                                        + " moment; if it stays so, the log has the reason.\n")
                                .getBytes(StandardCharsets.UTF_8));
    }

    private static void unavailable(HttpServletResponse response) {
        response.setStatus(503);
        response.setIntHeader("Retry-After", SECONDS);
    }
}
