package org.apache.cloudstack.framework.dbupgrade.rolling;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** Clients that ask dozens of times each second, and a load balancer between them and the servers. */
final class Load implements AutoCloseable {

    private static final int CLIENTS = 2;

    /** The servers, which start beside them, need the processors too. */
    private static final Duration PAUSE = Duration.ofMillis(20);

    private static final Duration LONGEST = Duration.ofSeconds(10);

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(LONGEST).build();
    private final List<URI> servers = new CopyOnWriteArrayList<>();
    private final List<String> failures = new CopyOnWriteArrayList<>();
    private final AtomicLong answered = new AtomicLong();
    private final AtomicLong slowest = new AtomicLong();
    private final List<Thread> clients = new ArrayList<>();
    private volatile boolean ended;

    /** Servers start to be asked. */
    void add(URI server) {
        servers.add(server);
    }

    /** A server is asked no more. */
    void remove(URI server) {
        servers.remove(server);
    }

    void begin() {
        for (int i = 0; i < CLIENTS; i++) {
            Thread client = new Thread(this::ask, "client " + i);
            clients.add(client);
            client.start();
        }
    }

    /** What no server answered well; one that is gone without a word is no answer, and the next is asked. */
    List<String> failures() {
        return failures;
    }

    long answered() {
        return answered.get();
    }

    Duration slowest() {
        return Duration.ofNanos(slowest.get());
    }

    private void ask() {
        while (!ended) {
            List<URI> order = new ArrayList<>(servers);
            Collections.shuffle(order);
            long begin = System.nanoTime();
            boolean isAnswered = order.stream().anyMatch(this::isAnsweredBy);
            if (!isAnswered && !ended) {
                failures.add("nobody answered, of " + order);
            }
            long time = System.nanoTime() - begin;
            slowest.accumulateAndGet(time, Math::max);
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    private boolean isAnsweredBy(URI server) {
        try {
            HttpRequest request =
                    HttpRequest.newBuilder(server).timeout(LONGEST).build();
            HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() == 200) {
                answered.incrementAndGet();
            } else {
                failures.add(server + ": " + answer.statusCode() + " " + answer.body());
            }
            return true;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return ended;
        }
    }

    @Override
    public void close() throws InterruptedException {
        ended = true;
        for (Thread client : clients) {
            client.join();
        }
    }
}
