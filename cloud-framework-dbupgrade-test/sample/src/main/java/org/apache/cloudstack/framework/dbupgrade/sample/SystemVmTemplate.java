package org.apache.cloudstack.framework.dbupgrade.sample;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The template that system VMs need from 4.2.0 on, for each hypervisor. */
public enum SystemVmTemplate {
    KVM("KVM", "systemvm-kvm-4.2", "systemvm-kvm.qcow2.bz2", "6cea42b2633841648040becb588bd8f0"),
    XEN_SERVER("XenServer", "systemvm-xenserver-4.2", "systemvm-xenserver.vhd.bz2", "fb1b6e032a160d86f2c28feb5add6d83"),
    VMWARE("VMware", "systemvm-vmware-4.2", "systemvm-vmware.ova", "4006982765846d373eb3719b2fe4d720"),
    LXC("LXC", "systemvm-lxc-4.2", "systemvm-lxc.qcow2.bz2", "2755de1f9ef2ce4d6f2bee2efbb4da92"),
    HYPERV("Hyperv", "systemvm-hyperv-4.2", "systemvm-hyperv.vhd.bz2", "df24ddf8f8f2ad2b0b2ee5ab1e6d0aa5");

    private final String hypervisor;
    private final String templateName;
    private final String file;
    private final String checksum;

    SystemVmTemplate(String hypervisor, String templateName, String file, String checksum) {
        this.hypervisor = hypervisor;
        this.templateName = templateName;
        this.file = file;
        this.checksum = checksum;
    }

    /** The hypervisor, as clusters and templates name it. */
    public String hypervisor() {
        return hypervisor;
    }

    /** The name under which the operator registers the template. */
    public String templateName() {
        return templateName;
    }

    /** Where the template is to be had. */
    public String url() {
        return "http://templates.example.org/4.2/" + file;
    }

    /** The checksum of the file at {@link #url()}. */
    public String checksum() {
        return checksum;
    }

    /** The name of the setting that says from which template routers are made. */
    public String setting() {
        return "router.template." + hypervisor.toLowerCase(Locale.ROOT);
    }

    /** The templates of all hypervisors that have a cluster. */
    public static List<SystemVmTemplate> inUse(JdbcClient jdbc) {
        List<String> hypervisors = jdbc.sql("SELECT DISTINCT hypervisor_type FROM cluster WHERE removed IS NULL")
                .query(String.class)
                .list();
        return Arrays.stream(values())
                .filter(template -> hypervisors.contains(template.hypervisor))
                .toList();
    }

    /** The id of the registered template; the newest if there are several. */
    public Optional<Long> registered(JdbcClient jdbc) {
        return jdbc.sql("SELECT id FROM vm_template WHERE name = ? AND removed IS NULL ORDER BY id DESC LIMIT 1")
                .param(templateName)
                .query(Long.class)
                .optional();
    }
}
