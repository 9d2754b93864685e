package org.apache.cloudstack.framework.dbupgrade.cli;

import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/** The version of the jar that runs. */
final class ToolVersion implements IVersionProvider {

    @Override
    public String[] getVersion() {
        String version = Optional.ofNullable(ToolVersion.class.getPackage().getImplementationVersion())
                .orElse("(not packed)");
        return new String[] {DbUpgradeCommand.NAME + " " + version};
    }
}
