package org.apache.cloudstack.framework.dbupgrade.sample;

import java.util.List;
import org.apache.cloudstack.framework.dbupgrade.preflight.CheckResult;
import org.apache.cloudstack.framework.dbupgrade.preflight.PreflightCheck;
import org.apache.cloudstack.framework.dbupgrade.preflight.PreflightContext;
import org.apache.cloudstack.framework.dbupgrade.release.ReleaseVersion;

/** 4.2.0 needs new system VM templates, which the operator registers before the upgrade. */
public final class SystemVmTemplateCheck implements PreflightCheck {

    private static final ReleaseVersion NEEDS_TEMPLATES = ReleaseVersion.of("4.2.0");

    @Override
    public String name() {
        return "system VM templates";
    }

    @Override
    public List<CheckResult> check(PreflightContext context) {
        if (context.plan().isFreshInstall() || !context.plan().runs(NEEDS_TEMPLATES)) {
            return List.of();
        }
        return SystemVmTemplate.inUse(context.jdbc()).stream()
                .filter(template -> template.registered(context.jdbc()).isEmpty())
                .map(SystemVmTemplateCheck::missing)
                .toList();
    }

    private static CheckResult missing(SystemVmTemplate template) {
        return CheckResult.stop(
                "Hypervisor " + template.hypervisor() + " is in use, and no template named '"
                        + template.templateName() + "' is registered, which its system VMs need from "
                        + NEEDS_TEMPLATES + " on",
                "Start the old management server, register " + template.url() + " (checksum " + template.checksum()
                        + ") under the name '" + template.templateName() + "' for hypervisor "
                        + template.hypervisor() + " in every zone, wait until it is downloaded, and upgrade again");
    }
}
