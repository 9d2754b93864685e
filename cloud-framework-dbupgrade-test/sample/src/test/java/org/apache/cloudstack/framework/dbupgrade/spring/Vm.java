package org.apache.cloudstack.framework.dbupgrade.spring;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

@Entity
@Table(name = "vm", catalog = "cloud")
class Vm {

    @Id
    Long id = 0L;

    String name = "";

    String state = "";
}
