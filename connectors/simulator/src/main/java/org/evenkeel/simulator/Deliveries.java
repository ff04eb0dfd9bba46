package org.evenkeel.simulator;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Delivers what shops tell to whoever subscribed, as stores do: over HTTP, a second to connect and five in all, again after
 * failures, later and later, given up in the end. By the machine's time, whatever the shops' clock does. Safe for use by many
 * threads.
 */
public final class Deliveries implements AutoCloseable {
    private static final Duration CONNECT = Duration.ofSeconds(1);
    private static final Duration IN_ALL = Duration.ofSeconds(5);
    private static final int MOST_TRIES = 9;
    private static final int KEPT = 200;
    private static final Set<String> NOT_OURS = Set.of("host", "content-length", "connection");

    private HttpClient client;
    private final ScheduledExecutorService timer;
    private final Notice.Repeated repeated;
    private final Random random = new Random(1);
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition moved = lock.newCondition();
    private final Deque<Delivery> log = new ArrayDeque<>();
    private final Map<Shop, List<Runnable>> heldUp = new ConcurrentHashMap<>();
    private int pending;

    /**
     * One try.
     *
     * @param shop whose
     * @param topic of what
     * @param address to where
     * @param attempt which try, from 1
     * @param status the answer's; 0 when there was none
     * @param millis how long it took
     */
    public record Delivery(String shop, String topic, URI address, int attempt, int status, long millis) {}

    private record Letter(Shop shop, long subscription, String topic, URI address, Notice.Message message) {}

    Deliveries(Notice.Repeated repeated) {
        this.repeated = repeated;
        AtomicInteger count = new AtomicInteger();
        this.timer = Executors.newScheduledThreadPool(4, task -> {
            Thread thread = new Thread(task, "simulator-callback-" + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Made with the first message: a client has a thread of its own, and most simulators never send anything. */
    private synchronized HttpClient client() {
        if (client == null) {
            client = HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(CONNECT)
                    .executor(timer)
                    .build();
        }
        return client;
    }

    /** Sends a notice to all who want it. Called under the shop's lock; returns at once. */
    void send(Shop shop, Notice notice) {
        Callbacks.Manner manner = shop.callbacks().manner();
        for (Callbacks.Subscription one : List.copyOf(shop.callbacks().all())) {
            if (!one.topic().equals(notice.topic()) || random.nextInt(100) < manner.lost()) {
                continue;
            }
            Notice.Message message = notice.signed().apply(one.fields());
            for (int copy = 0; copy < manner.copies(); copy++) {
                Letter letter = new Letter(
                        shop, one.id(), one.topic(), one.address(), copy == 0 ? message : repeated.again(message));
                begin();
                post(letter, manner);
            }
        }
    }

    private void post(Letter letter, Callbacks.Manner manner) {
        Runnable leave = () -> after(manner.delay().plus(spread(manner)), () -> attempt(letter, 1));
        if (manner.outage()) {
            heldUp.computeIfAbsent(letter.shop(), key -> new ArrayList<>()).add(leave);
        } else {
            leave.run();
        }
    }

    private Duration spread(Callbacks.Manner manner) {
        long most = manner.spread().toMillis();
        return most == 0 ? Duration.ZERO : Duration.ofMillis(random.nextLong(most + 1));
    }

    /** Lets go what an outage held up. */
    void release(Shop shop) {
        shop.inspect(locked -> {
            List<Runnable> waiting = heldUp.remove(shop);
            if (waiting != null) {
                waiting.forEach(Runnable::run);
            }
        });
    }

    /**
     * Somebody who is not the shop, or the shop gone mad, sends one body many times.
     *
     * @param message as it is sent, each time
     * @return how many were answered with which status
     */
    public Map<Integer, Integer> flood(URI address, Notice.Message message, int times) {
        Map<Integer, Integer> answers = new TreeMap<>();
        List<CompletableFuture<Integer>> all = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            all.add(client().sendAsync(request(address, message), HttpResponse.BodyHandlers.discarding())
                    .handle((response, failure) -> failure == null ? response.statusCode() : 0));
        }
        all.forEach(answer -> answers.merge(answer.join(), 1, Integer::sum));
        return answers;
    }

    private void attempt(Letter letter, int number) {
        long began = System.nanoTime();
        client().sendAsync(request(letter.address(), letter.message()), HttpResponse.BodyHandlers.discarding())
                .whenComplete((response, failure) -> {
                    int status = failure == null ? response.statusCode() : 0;
                    long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
                    ended(
                            letter,
                            new Delivery(
                                    letter.shop().name(), letter.topic(), letter.address(), number, status, millis));
                });
    }

    private static HttpRequest request(URI address, Notice.Message message) {
        HttpRequest.Builder request = HttpRequest.newBuilder(address)
                .timeout(IN_ALL)
                .POST(HttpRequest.BodyPublishers.ofByteArray(message.body()));
        message.headers().forEach((name, value) -> {
            if (!NOT_OURS.contains(name.toLowerCase(Locale.ROOT))) {
                request.header(name, value);
            }
        });
        return request.build();
    }

    private void ended(Letter letter, Delivery delivery) {
        note(delivery);
        boolean well = delivery.status() >= 200 && delivery.status() < 300;
        Callbacks callbacks = letter.shop().callbacks();
        if (well) {
            callbacks.delivered(letter.subscription());
            end();
            return;
        }
        callbacks.failed(letter.subscription());
        if (delivery.attempt() == MOST_TRIES
                || callbacks.find(letter.subscription()).isEmpty()) {
            end();
            return;
        }
        Duration wait = callbacks.manner().retry().multipliedBy(1L << (delivery.attempt() - 1));
        after(wait, () -> attempt(letter, delivery.attempt() + 1));
    }

    private void after(Duration wait, Runnable work) {
        try {
            timer.schedule(work, wait.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException closed) {
            end();
        }
    }

    // ---- what a test asks

    /** The last tries, the newest last. */
    public Collection<Delivery> log() {
        lock.lock();
        try {
            return List.copyOf(log);
        } finally {
            lock.unlock();
        }
    }

    /** How many messages are on their way, or wait for another try. */
    public int pending() {
        lock.lock();
        try {
            return pending;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until no message is on its way; says whether that is so before the time is over. */
    public boolean awaitQuiet(Duration time) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = time.toNanos();
            while (pending > 0 && left > 0) {
                left = moved.awaitNanos(left);
            }
            return pending == 0;
        } finally {
            lock.unlock();
        }
    }

    private void note(Delivery delivery) {
        lock.lock();
        try {
            log.addLast(delivery);
            if (log.size() > KEPT) {
                log.removeFirst();
            }
        } finally {
            lock.unlock();
        }
    }

    private void begin() {
        lock.lock();
        try {
            pending++;
        } finally {
            lock.unlock();
        }
    }

    private void end() {
        lock.lock();
        try {
            pending--;
            moved.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
