package org.evenkeel.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import org.evenkeel.ledger.Adjustment;
import org.evenkeel.ledger.ConflictException;
import org.junit.jupiter.api.Test;

/** How bodies are read, and how failures look before they become HTTP. */
class ProblemsTest {

    private static ProductsResource.NewAdjustment read(String body) throws JsonProcessingException {
        return Json.mapper().readValue(body, ProductsResource.NewAdjustment.class);
    }

    @Test
    void anAdjustmentIsReadAsItStands() throws JsonProcessingException {
        ProductsResource.NewAdjustment read = read("{\"kind\":\"set\",\"quantity\":50,\"reason\":\"count\"}");
        assertEquals(Adjustment.Kind.SET, read.kind());
        assertEquals(50, read.quantity());
    }

    @Test
    void aFractionIsRefusedByItsField() {
        JsonProcessingException refused =
                assertThrows(JsonProcessingException.class, () -> read("{\"kind\":\"SET\",\"quantity\":1.5}"));
        assertEquals("quantity", field(refused));
    }

    @Test
    void aNumberBeyondLongIsRefusedByItsField() {
        JsonProcessingException refused = assertThrows(
                JsonProcessingException.class, () -> read("{\"kind\":\"SET\",\"quantity\":99999999999999999999}"));
        assertEquals("quantity", field(refused));
    }

    @Test
    void anUnknownFieldIsRefusedByItsName() {
        JsonProcessingException refused =
                assertThrows(JsonProcessingException.class, () -> read("{\"kind\":\"SET\",\"quantitty\":1}"));
        assertEquals("quantitty", field(refused));
    }

    @Test
    void theFieldAndNotTheClassIsNamed() {
        JsonProcessingException refused =
                assertThrows(JsonProcessingException.class, () -> read("{\"kind\":\"MULTIPLY\",\"quantity\":1}"));
        String detail = Problems.problem(refused).detail();
        assertTrue(detail.contains("'kind'"), detail);
        assertTrue(!detail.contains("org.evenkeel"), detail);
    }

    @Test
    void aConflictNamesItsKind() {
        Problem.Body body = Problems.problem(
                new ConflictException(ConflictException.Reason.KEY_REUSED, "The key was used before."));
        assertEquals(409, body.status());
        assertEquals("urn:evenkeel:problem:key-reused", body.type());
    }

    @Test
    void anUnexpectedFailureTellsNothingOfItself() {
        Problem.Body body = Problems.problem(new IllegalStateException("password=hunter2"));
        assertEquals(500, body.status());
        assertTrue(!body.detail().contains("hunter2"));
    }

    private static String field(Throwable refused) {
        return Problems.problem(refused).field();
    }
}
