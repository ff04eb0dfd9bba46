package org.evenkeel.setup.internal;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.evenkeel.accounts.AuditLog;

/** The audit log, in memory. */
final class MemoryAudit implements AuditLog {

    private final List<String> lines = new CopyOnWriteArrayList<>();

    @Override
    public void record(String actor, String action, String subject, String detail) {
        lines.add(String.join(" ", actor, action, subject, detail).strip());
    }

    List<String> lines() {
        return List.copyOf(lines);
    }

    @Override
    public List<Entry> entries(String text, int offset, int limit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long count(String text) {
        return lines.size();
    }
}
