package org.evenkeel.accounts.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import org.evenkeel.accounts.AuditLog;
import org.evenkeel.database.testing.TestDatabase;
import org.evenkeel.database.testing.TestDatabases;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.osgi.framework.ServiceReference;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.cm.ConfigurationEvent;

class ConfigurationAuditTest {

    private final Map<String, Dictionary<String, Object>> configurations = new ConcurrentSkipListMap<>();
    private final TestDatabase database = TestDatabases.derby();
    private AccountsUnit unit;
    private DatabaseAuditLog audit;
    private ConfigurationAudit listener;

    @BeforeEach
    void start() {
        unit = new AccountsUnit(database.database());
        audit = new DatabaseAuditLog(unit, Duration.ofDays(30), 1_000, Clock.systemUTC());
        set("org.evenkeel.first", "port", 8080);
        listener = new ConfigurationAudit(admin(), unit, audit);
    }

    @AfterEach
    void stop() {
        listener.close();
        audit.close();
        unit.close();
        database.close();
    }

    @Test
    void recordsThatAConfigurationChangedButNotWhatItSays() {
        change("org.evenkeel.first", "password", "a-secret-value");
        change("org.evenkeel.second", "port", 1);
        configurations.remove("org.evenkeel.second");
        event(ConfigurationEvent.CM_DELETED, "org.evenkeel.second");

        assertThat(recorded())
                .containsExactly(
                        "configuration.changed org.evenkeel.first",
                        "configuration.added org.evenkeel.second",
                        "configuration.deleted org.evenkeel.second");
        assertThat(audit.entries("", 0, 10)).noneMatch(entry -> entry.toString().contains("a-secret-value"));
    }

    @Test
    void doesNotTakeARestartForAChange() {
        settle();
        listener.close();
        listener = new ConfigurationAudit(admin(), unit, audit);
        event(ConfigurationEvent.CM_UPDATED, "org.evenkeel.first");

        assertThat(recorded()).isEmpty();
    }

    @Test
    void findsWhatWasEditedWhileItWasDown() {
        settle();
        listener.close();
        set("org.evenkeel.first", "port", 9090);
        listener = new ConfigurationAudit(admin(), unit, audit);

        assertThat(recorded()).containsExactly("configuration.changed org.evenkeel.first");
    }

    @Test
    void doesNotCareWhereAConfigurationIsKept() {
        settle();
        configurations.get("org.evenkeel.first").put("felix.fileinstall.filename", "file:/somewhere/else");
        event(ConfigurationEvent.CM_UPDATED, "org.evenkeel.first");

        assertThat(recorded()).isEmpty();
    }

    private void set(String pid, String key, Object value) {
        Dictionary<String, Object> properties = new Hashtable<>();
        properties.put("service.pid", pid);
        properties.put(key, value);
        configurations.put(pid, properties);
    }

    private void change(String pid, String key, Object value) {
        settle();
        set(pid, key, value);
        event(ConfigurationEvent.CM_UPDATED, pid);
        settle();
    }

    private void event(int type, String pid) {
        listener.configurationEvent(new ConfigurationEvent(reference(), type, null, pid));
    }

    /** Waits until a change of its own, queued behind all others and last in their order, has come through. */
    private void settle() {
        String mark = "zz-mark-" + System.nanoTime();
        set(mark, "x", 1);
        event(ConfigurationEvent.CM_UPDATED, mark);
        while (unit.<Long>call(session -> session.createSelectionQuery(
                                "select count(s) from ConfigurationSeen s where s.pid = :pid", Long.class)
                        .setParameter("pid", mark)
                        .getSingleResult())
                == 0) {
            Thread.onSpinWait();
        }
        configurations.remove(mark);
    }

    private List<String> recorded() {
        settle();
        settle();
        List<String> all = audit.entries("configuration.", 0, 100).stream()
                .filter(entry -> !entry.subject().startsWith("zz-mark-"))
                .sorted(Comparator.comparingLong(AuditLog.Entry::id))
                .map(entry -> entry.action() + " " + entry.subject())
                .toList();
        return all;
    }

    private ConfigurationAdmin admin() {
        return proxy(ConfigurationAdmin.class, (method, arguments) -> {
            String filter = (String) arguments[0];
            Configuration[] found = configurations.entrySet().stream()
                    .filter(one -> filter == null || filter.equals("(service.pid=" + one.getKey() + ")"))
                    .map(one -> configuration(one.getKey(), one.getValue()))
                    .toArray(Configuration[]::new);
            return found.length == 0 ? null : found;
        });
    }

    private static Configuration configuration(String pid, Dictionary<String, Object> properties) {
        return proxy(Configuration.class, (method, arguments) -> method.equals("getPid") ? pid : properties);
    }

    @SuppressWarnings("unchecked")
    private static ServiceReference<ConfigurationAdmin> reference() {
        return proxy(ServiceReference.class, (method, arguments) -> null);
    }

    private interface Answer {
        Object to(String method, Object[] arguments);
    }

    private static <T> T proxy(Class<T> type, Answer answer) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (self, method, arguments) -> answer.to(method.getName(), arguments)));
    }
}
