-- An index for the report of power states, which reads all VMs of a host.
-- dbupgrade: phase=expand
-- dbupgrade: reason=without the index the report takes minutes on large platforms and hosts are taken for dead

CALL `idempotent_add_index`('vm_instance', 'i_vm_instance__power_host_state', '`power_host`, `power_state`');
