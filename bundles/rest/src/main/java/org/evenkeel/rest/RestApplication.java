package org.evenkeel.rest;

import jakarta.ws.rs.core.Application;
import java.util.Set;
import org.evenkeel.accounts.Accounts;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.jakartars.whiteboard.propertytypes.JakartarsApplicationBase;
import org.osgi.service.jakartars.whiteboard.propertytypes.JakartarsName;

/**
 * The application that all resources of the API select; other bundles may add resources of their own to it. It brings along
 * what stands before every resource: without accounts to ask there is no application, and never one without its door.
 */
@Component(service = Application.class)
@JakartarsName(RestApplication.NAME)
@JakartarsApplicationBase("/v1")
public final class RestApplication extends Application {
    static final String NAME = "evenkeel";
    static final String SELECT = "(osgi.jakartars.name=" + NAME + ")";
    private final Set<Object> parts;

    @Activate
    public RestApplication(@Reference Accounts accounts) {
        parts = Set.of(new Authentication(accounts), new Json(), new Problems(), new Parameters(), new Headers());
    }

    @Override
    public Set<Object> getSingletons() {
        return parts;
    }
}
