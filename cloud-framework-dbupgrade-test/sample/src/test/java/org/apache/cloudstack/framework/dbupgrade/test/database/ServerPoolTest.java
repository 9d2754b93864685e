package org.apache.cloudstack.framework.dbupgrade.test.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ServerPoolTest {

    private static final Duration SHORT = Duration.ofMillis(20);
    private static final Duration LONG = Duration.ofMinutes(1);

    private final ServerPool one =
            new ServerPool(new ServerChoice.Kind(ServerChoice.Origin.GIVEN, ""), 1, TestServers::shared);

    @Test
    void aServerIsHadByOneAtATime() {
        ServerLease lease = one.take(LONG);

        assertThatThrownBy(() -> one.take(SHORT))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("there is one")
                .hasMessageContaining("Wait longer, or run fewer tests at a time");
        lease.close();
        one.take(SHORT).close();
    }

    @Test
    void whoWaitsGetsItWhenItIsFree() throws Exception {
        ServerLease lease = one.take(LONG);
        CompletableFuture<ServerLease> waiting = CompletableFuture.supplyAsync(() -> one.take(LONG));

        lease.close();

        assertThat(waiting.get(1, TimeUnit.MINUTES).server()).isSameAs(TestServers.shared());
    }

    @Test
    void aLeaseThatIsClosedTwiceFreesOneServer() {
        ServerLease lease = one.take(LONG);
        lease.close();
        lease.close();

        ServerLease again = one.take(SHORT);

        assertThatThrownBy(() -> one.take(SHORT)).isInstanceOf(IllegalStateException.class);
        again.close();
    }

    @Test
    void aServerThatDoesNotStartKeepsNobodyWaiting() {
        ServerPool none = new ServerPool(
                new ServerChoice.Kind(ServerChoice.Origin.EMBEDDED, "5.5.1"), 1, () -> EmbeddedMariaDb.start("5.5.1"));

        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> none.take(SHORT)).hasMessageContaining("does not start");
        }
    }
}
