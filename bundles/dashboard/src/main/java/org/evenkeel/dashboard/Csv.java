package org.evenkeel.dashboard;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;

/** A file for a spreadsheet as the answer to a request. */
final class Csv {
    /** By it a spreadsheet knows that a file is UTF-8. */
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private Csv() {}

    /** Writes the rows. */
    interface Rows {
        void write(Appendable to) throws IOException;
    }

    /** @param name of the file, of letters, digits, dots and dashes */
    static void answer(HttpServletResponse response, String name, Rows rows) throws IOException {
        response.setContentType("text/csv; charset=utf-8");
        response.setHeader("Content-Disposition", "attachment; filename=\"" + name + "\"");
        Writer to = new OutputStreamWriter(response.getOutputStream(), StandardCharsets.UTF_8);
        to.append(BYTE_ORDER_MARK);
        rows.write(to);
        to.flush();
    }
}
