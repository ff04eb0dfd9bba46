package org.evenkeel.benchmarks.plans;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;

/** What of this process's heap was in use. */
final class UsedHeap {
    private UsedHeap() {}

    static void startAnew() {
        ManagementFactory.getMemoryPoolMXBeans().forEach(MemoryPoolMXBean::resetPeakUsage);
    }

    /** MB: the most of each part, which no single moment need have seen, and what the last collection left. */
    static String words() {
        long peak = 0;
        long left = 0;
        for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
            if (pool.getType() == MemoryType.HEAP) {
                peak += pool.getPeakUsage().getUsed();
                MemoryUsage after = pool.getCollectionUsage();
                left += after == null ? 0 : after.getUsed();
            }
        }
        long collections = ManagementFactory.getGarbageCollectorMXBeans().stream()
                .mapToLong(GarbageCollectorMXBean::getCollectionCount)
                .sum();
        return String.format(
                "heap %d MB: parts in use at most %d MB, left by the last collection %d MB, %d collections so far",
                Runtime.getRuntime().maxMemory() >> 20, peak >> 20, left >> 20, collections);
    }
}
