package org.apache.cloudstack.framework.dbupgrade.internal.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class UpgradeLinesTest {

    @Test
    void whatOthersWroteForgesNoLineAndControlsNoTerminal() {
        List<String> lines = new ArrayList<>();

        UpgradeLines.toTool(lines::add).info("Waiting for {}: {}", "node\u001B[2J", "first\r\nsecond");

        assertThat(lines).containsExactly("Waiting for node\\u001b[2J: first\\u000d\\nsecond");
    }
}
