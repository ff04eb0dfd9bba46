package org.evenkeel.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import java.util.regex.Pattern;
import org.evenkeel.ledger.ConflictException;
import org.evenkeel.ledger.LaneLeases;
import org.evenkeel.ledger.Lease;
import org.evenkeel.ledger.StoreId;
import org.evenkeel.sync.Plan;
import org.evenkeel.sync.RefreshKind;
import org.evenkeel.sync.StorePlans;
import org.evenkeel.sync.StoreSync;
import org.evenkeel.sync.WindowBucket;
import org.junit.jupiter.api.Test;

/** What the commands ask, and how they say what came of it. */
class CommandsTest {
    private String asked = "";

    private <T> T service(Class<T> type, BiFunction<String, Object[], Object> answer) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, args) -> {
            asked = method.getName() + (args == null ? "" : Arrays.asList(args).toString());
            return answer.apply(method.getName(), args);
        }));
    }

    @Test
    void aRefreshIsOfAKind() {
        StoreCommands commands = new StoreCommands(service(StoreSync.class, (method, args) -> 7L));
        assertEquals("Run 7", commands.refresh("one", "dry"));
        assertEquals("refresh[one, " + RefreshKind.DRY + ", user:shell]", asked);
        assertTrue(commands.refresh("one", "wet").contains("NORMAL, HARD, DRY"));
    }

    @Test
    void aHeldStoreTellsTheWayOut() {
        StoreCommands commands = new StoreCommands(service(StoreSync.class, (method, args) -> null));
        assertTrue(commands.hold("one", "moving").contains("plan one release"));
        assertEquals("hold[[one], moving, user:shell]", asked);
        commands.holdAll("moving");
        assertEquals("hold[[], moving, user:shell]", asked);
    }

    @Test
    void theWindowIsToldHourByHour() {
        Instant hour = Instant.parse("2026-05-01T12:00:00Z");
        StoreCommands commands = new StoreCommands(service(
                StoreSync.class,
                (method, args) -> List.of(
                        new WindowBucket(hour, 0, null, null, null),
                        new WindowBucket(
                                hour, 3, Duration.ofMillis(300), Duration.ofMillis(900), Duration.ofMillis(901)))));
        String said = commands.window("one");
        assertEquals(1, said.lines().count(), said);
        assertTrue(said.contains("99 of 100 within 900"), said);
    }

    @Test
    void aPlanIsBegunAndWhatIsRefusedIsSaid() {
        PlanCommands commands = new PlanCommands(service(StorePlans.class, (method, args) -> {
            if (method.equals("apply")) {
                throw new ConflictException(ConflictException.Reason.values()[0], "The plan is too old.");
            }
            return 12L;
        }));
        assertEquals("Plan 12 reads the store.", commands.plan("one", "turn-on"));
        assertEquals("begin[one, " + Plan.Kind.TURN_ON + ", user:shell]", asked);
        assertEquals("The plan is too old.", commands.applyPlan(12));
    }

    @Test
    void whoServesWhatIsToldAlsoWhenNobodyDoes() {
        Lease lease = new Lease(new StoreId("one"), "node-a", 4);
        NodeCommands commands = new NodeCommands(service(
                LaneLeases.class,
                (method, args) -> List.of(
                        new LaneLeases.Holding(lease, Instant.EPOCH, Duration.ofSeconds(20)),
                        new LaneLeases.Holding(lease, Instant.EPOCH, Duration.ofSeconds(-90)))));
        assertTrue(commands.nodes().contains("node-a"), commands.nodes());
        assertTrue(commands.nodes().contains("not served for 90 s"), commands.nodes());
    }

    @Test
    void everyCommandIsToldToTheShell() throws Exception {
        for (Class<?> type : List.of(StoreCommands.class, PlanCommands.class, NodeCommands.class)) {
            String told = functions(type);
            Arrays.stream(type.getDeclaredMethods())
                    .filter(method -> Modifier.isPublic(method.getModifiers()))
                    .map(Method::getName)
                    .forEach(name -> assertTrue(
                            Pattern.compile("\\b" + name + "\\b").matcher(told).find(), type + " " + name));
        }
    }

    /** The functions in the component's description, which the build makes from its annotation. */
    private static String functions(Class<?> type) throws IOException {
        String path = "OSGI-INF/" + type.getName() + ".xml";
        try (InputStream description = type.getClassLoader().getResourceAsStream(path)) {
            String xml = new String(description.readAllBytes(), StandardCharsets.UTF_8);
            return xml.substring(xml.indexOf("osgi.command.function"), xml.indexOf("<service>"));
        }
    }
}
