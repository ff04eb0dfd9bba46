package org.evenkeel.sync.internal.kept;

import java.time.Instant;
import org.evenkeel.sync.Plan;
import org.hibernate.LockMode;
import org.hibernate.StatelessSession;

/** The row of a plan while it is being made: what is added to the plan counts only while that is wanted. Stateless. */
final class PlanPulling {
    private PlanPulling() {}

    /** Notes how far a plan is, its row locked. @return whether it is still being made: else nothing was noted */
    static boolean goesOn(StatelessSession session, long plan, int listings, int orders, Instant now) {
        PlanEntity row = session.get(PlanEntity.class, plan, LockMode.PESSIMISTIC_WRITE);
        if (row == null || !row.state.equals(Plan.State.PULLING.name())) {
            return false;
        }
        row.listings += listings;
        row.orders += orders;
        row.progressedAt = SyncRecords.micros(now);
        session.update(row);
        return true;
    }
}
