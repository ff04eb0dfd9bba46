package org.evenkeel.rest;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.InputStream;
import org.osgi.service.component.annotations.Component;

/** The API's description, generated from the resources when the bundle was built. */
@Component(service = OpenApiResource.class)
@ApiResource
@Path("openapi.json")
public final class OpenApiResource {

    @GET
    @Open
    @Produces(MediaType.APPLICATION_JSON)
    public byte[] document() throws IOException {
        try (InputStream document = OpenApiResource.class.getResourceAsStream("openapi.json")) {
            return document.readAllBytes();
        }
    }
}
