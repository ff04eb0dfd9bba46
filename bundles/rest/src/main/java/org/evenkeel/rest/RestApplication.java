package org.evenkeel.rest;

import jakarta.ws.rs.core.Application;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.jakartars.whiteboard.propertytypes.JakartarsApplicationBase;
import org.osgi.service.jakartars.whiteboard.propertytypes.JakartarsName;

/** The application that all resources of the API select; other bundles may add resources of their own to it. */
@Component(service = Application.class)
@JakartarsName(RestApplication.NAME)
@JakartarsApplicationBase("/v1")
public final class RestApplication extends Application {
    static final String NAME = "evenkeel";
    static final String SELECT = "(osgi.jakartars.name=" + NAME + ")";
}
