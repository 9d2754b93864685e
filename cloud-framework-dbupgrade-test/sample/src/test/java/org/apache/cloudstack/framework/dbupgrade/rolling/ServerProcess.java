package org.apache.cloudstack.framework.dbupgrade.rolling;

import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.cloudstack.framework.dbupgrade.sample.SampleManagementServer;
import org.apache.cloudstack.framework.dbupgrade.test.database.DatabaseServer;
import org.apache.cloudstack.framework.dbupgrade.test.trouble.ChildJvm;
import org.apache.cloudstack.framework.dbupgrade.test.trouble.JvmProgram;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.data.jpa.autoconfigure.DataJpaRepositoriesAutoConfiguration;
import org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;

/** A sample management server in a process of its own. */
final class ServerProcess implements AutoCloseable {

    static final Duration GONE_AFTER = Duration.ofSeconds(8);

    private static final Duration LONGEST = Duration.ofMinutes(3);
    private static final String READY = "answers at port ";
    private static final String PASSWORD = "SERVER_PASSWORD";

    private final String release;
    private final CompletableFuture<URI> ready = new CompletableFuture<>();
    private final ChildJvm process;

    private ServerProcess(Platform platform, String name, String release) {
        this.release = release;
        DatabaseServer server = platform.database().server();
        this.process = JvmProgram.of(
                        ServerProcess.class,
                        server.jdbcUrl("cloud"),
                        server.user(),
                        name,
                        release,
                        String.join(",", platform.locations()))
                .with(PASSWORD, server.password())
                .start((child, line) -> hear(line));
    }

    /** Starts one; the name is that of the machine, which the next server there bears too. */
    static ServerProcess start(Platform platform, String name, String release) {
        return new ServerProcess(platform, name, release);
    }

    private void hear(String line) {
        if (line.startsWith(READY)) {
            ready.complete(URI.create("http://localhost:" + line.substring(READY.length()) + "/work"));
        }
    }

    /** Where it works, as soon as it does. */
    URI awaitReady() {
        await().atMost(LONGEST).until(() -> ready.isDone() || !process.isAlive());
        return Optional.ofNullable(ready.getNow(null))
                .orElseThrow(() -> new IllegalStateException("The server does not start. " + output()));
    }

    String release() {
        return release;
    }

    /** Announces the shutdown, as an operator's kill makes it do. */
    void stop() {
        process.terminate();
        awaitExit();
    }

    int awaitExit() {
        return process.awaitExit(LONGEST);
    }

    void kill() {
        process.kill();
    }

    void freeze() {
        process.freeze();
    }

    void thaw() {
        process.thaw();
    }

    String output() {
        return process.output();
    }

    List<String> errors() {
        return output().lines().filter(line -> line.contains(" ERROR ")).toList();
    }

    @Override
    public void close() {
        process.close();
    }

    public static void main(String[] arguments) {
        Map<String, Object> properties = Map.of(
                "server.port", 0,
                "spring.datasource.url", arguments[0],
                "spring.datasource.username", arguments[1],
                "spring.datasource.password", System.getenv(PASSWORD),
                "cloud.dbupgrade.node", arguments[2],
                "cloud.dbupgrade.release", arguments[3],
                "cloud.dbupgrade.node-timeout", GONE_AFTER.toSeconds() + "s");
        ConfigurableApplicationContext server = new SpringApplicationBuilder(SampleManagementServer.class, Work.class)
                .properties(properties)
                .properties(
                        "spring.config.name=sample-management-server",
                        // other tests have it on the class path; this server does not use it
                        "spring.autoconfigure.exclude=" + HibernateJpaAutoConfiguration.class.getName() + ","
                                + DataJpaRepositoriesAutoConfiguration.class.getName(),
                        "cloud.dbupgrade.heartbeat=500ms",
                        "cloud.dbupgrade.deferred-interval=1s")
                .run("--cloud.dbupgrade.locations=" + arguments[4]);
        // the test that started this process listens there
        System.out.println(READY + server.getEnvironment().getProperty("local.server.port"));
        System.out.flush();
    }
}
