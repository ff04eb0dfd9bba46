package org.evenkeel.dashboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import org.junit.jupiter.api.Test;

class ErrorServletTest {
    @Test
    void whatWasSaidOfARefusalIsShown() {
        assertEquals(
                "This form is from another session.",
                ErrorServlet.view(403, "This form is from another session.").message());
    }

    @Test
    void anInnerFailureTellsNothingOfItself() {
        ErrorServlet.View view = ErrorServlet.view(500, "java.lang.IllegalStateException: password=hunter2");
        assertFalse((view.title() + view.message()).contains("hunter2"));
    }
}
