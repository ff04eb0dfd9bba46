package org.evenkeel.dashboard;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ComponentPropertyType;
import org.osgi.service.servlet.context.ServletContextHelper;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardContext;

/** The HTTP context of the pages, at the root of the site; it serves no files by itself. */
@Component(service = ServletContextHelper.class)
@HttpWhiteboardContext(name = Web.CONTEXT, path = "/")
public final class Web extends ServletContextHelper {
    static final String CONTEXT = "evenkeel";

    /** Puts a servlet or filter into this context. */
    @ComponentPropertyType
    @Retention(RetentionPolicy.CLASS)
    @Target(ElementType.TYPE)
    @interface InContext {
        String PREFIX_ = "osgi.http.whiteboard.";

        String context_select() default "(osgi.http.whiteboard.context.name=" + CONTEXT + ")";
    }
}
