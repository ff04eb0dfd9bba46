package org.evenkeel.wrap.derby;

import java.io.Writer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where Derby's own messages go: line by line to the logger {@code org.evenkeel.wrap.derby.log}, so that no derby.log
 * appears in the working directory. Derby finds this class by its name, see {@link EngineSettings}.
 */
public final class DerbyLog {

    private DerbyLog() {}

    /** Called by Derby when its engine boots. */
    public static Writer writer() {
        return new LineWriter(LoggerFactory.getLogger("org.evenkeel.wrap.derby.log"));
    }

    /** Hands each complete line on; Derby writes from several threads. */
    private static final class LineWriter extends Writer {
        private final Logger log;
        private final StringBuilder line = new StringBuilder();

        LineWriter(Logger log) {
            this.log = log;
        }

        @Override
        public void write(char[] buffer, int offset, int length) {
            synchronized (lock) {
                for (int i = offset; i < offset + length; i++) {
                    if (buffer[i] == '\n') {
                        emit();
                    } else if (buffer[i] != '\r') {
                        line.append(buffer[i]);
                    }
                }
            }
        }

        private void emit() {
            if (!line.isEmpty()) {
                log.info("{}", line);
                line.setLength(0);
            }
        }

        @Override
        public void flush() {
            // A line is handed on when it is complete.
        }

        @Override
        public void close() {
            synchronized (lock) {
                emit();
            }
        }
    }
}
