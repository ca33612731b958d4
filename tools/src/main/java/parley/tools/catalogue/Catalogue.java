package parley.tools.catalogue;

import com.fasterxml.jackson.databind.JsonNode;

import parley.tools.Call;
import parley.tools.Tool;
import parley.tools.catalogue.certificates.CertEndpoint;
import parley.tools.catalogue.certificates.CertFile;
import parley.tools.catalogue.diagnosis.DiagRun;
import parley.tools.catalogue.fleet.FleetCompare;
import parley.tools.catalogue.fleet.FleetReach;
import parley.tools.catalogue.host.HostCapabilities;
import parley.tools.catalogue.host.HostIdentify;
import parley.tools.catalogue.jobs.JobStatus;
import parley.tools.catalogue.kernel.BootReboot;
import parley.tools.catalogue.kernel.BootRebootRequired;
import parley.tools.catalogue.kernel.BootReport;
import parley.tools.catalogue.kernel.KernelInfo;
import parley.tools.catalogue.kernel.KernelSysctlSet;
import parley.tools.catalogue.load.CgroupUsage;
import parley.tools.catalogue.load.CpuUsage;
import parley.tools.catalogue.load.MemOomEvents;
import parley.tools.catalogue.load.MemUsage;
import parley.tools.catalogue.load.MetricsHistory;
import parley.tools.catalogue.load.ProcessInspect;
import parley.tools.catalogue.load.ProcessSignal;
import parley.tools.catalogue.load.ProcessState;
import parley.tools.catalogue.load.ProcessTop;
import parley.tools.catalogue.logs.KernelLog;
import parley.tools.catalogue.logs.LogFile;
import parley.tools.catalogue.logs.LogJournal;
import parley.tools.catalogue.network.DnsCheck;
import parley.tools.catalogue.network.NetFirewall;
import parley.tools.catalogue.network.NetFirewallAllow;
import parley.tools.catalogue.network.NetInterfaces;
import parley.tools.catalogue.network.NetPath;
import parley.tools.catalogue.network.NetProbe;
import parley.tools.catalogue.network.NetSockets;
import parley.tools.catalogue.network.NetStats;
import parley.tools.catalogue.network.TimeStatus;
import parley.tools.catalogue.network.TimeSync;
import parley.tools.catalogue.packages.JobCancel;
import parley.tools.catalogue.packages.PackageCheck;
import parley.tools.catalogue.packages.PackageDeps;
import parley.tools.catalogue.packages.PackageHistory;
import parley.tools.catalogue.packages.PackageHold;
import parley.tools.catalogue.packages.PackageHolds;
import parley.tools.catalogue.packages.PackageInfo;
import parley.tools.catalogue.packages.PackageInstall;
import parley.tools.catalogue.packages.PackageList;
import parley.tools.catalogue.packages.PackageLockStatus;
import parley.tools.catalogue.packages.PackagePlan;
import parley.tools.catalogue.packages.PackageRemove;
import parley.tools.catalogue.packages.PackageRepair;
import parley.tools.catalogue.packages.PackageRepairPlan;
import parley.tools.catalogue.packages.PackageSearch;
import parley.tools.catalogue.packages.PackageUndo;
import parley.tools.catalogue.packages.PackageUpdates;
import parley.tools.catalogue.packages.PackageUpgrade;
import parley.tools.catalogue.record.RecordAnchor;
import parley.tools.catalogue.security.SecurityAccess;
import parley.tools.catalogue.security.SecurityExposure;
import parley.tools.catalogue.security.SecurityLogins;
import parley.tools.catalogue.security.SecurityMac;
import parley.tools.catalogue.services.ServiceDeps;
import parley.tools.catalogue.services.ServiceList;
import parley.tools.catalogue.services.ServiceRestart;
import parley.tools.catalogue.services.ServiceSetBoot;
import parley.tools.catalogue.services.ServiceSetLimits;
import parley.tools.catalogue.services.ServiceStart;
import parley.tools.catalogue.services.ServiceStatus;
import parley.tools.catalogue.services.ServiceStop;
import parley.tools.catalogue.storage.DiskDeletedOpen;
import parley.tools.catalogue.storage.DiskHealth;
import parley.tools.catalogue.storage.DiskIo;
import parley.tools.catalogue.storage.DiskLargest;
import parley.tools.catalogue.storage.DiskLayout;
import parley.tools.catalogue.storage.DiskReclaim;
import parley.tools.catalogue.storage.DiskReclaimable;
import parley.tools.catalogue.storage.DiskUsage;
import parley.tools.catalogue.supply.PackageOrigin;
import parley.tools.catalogue.supply.PackageVerifyFiles;
import parley.tools.catalogue.supply.PackageVerifySignature;
import parley.tools.catalogue.supply.RepoCheck;
import parley.tools.catalogue.supply.RepoList;
import parley.tools.schema.Arguments;
import parley.tools.schema.BadArguments;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The allowlist. A tool that is not on this list does not exist; its diff is the change in what
/// Parley can do.
public final class Catalogue {
    private static final Catalogue STANDARD =
            new Catalogue(
                    List.of(
                            // keep-sorted start
                            new BootReboot(),
                            new BootRebootRequired(),
                            new BootReport(),
                            new CertEndpoint(),
                            new CertFile(),
                            new CgroupUsage(),
                            new CpuUsage(),
                            new DiagRun(),
                            new DiskDeletedOpen(),
                            new DiskHealth(),
                            new DiskIo(),
                            new DiskLargest(),
                            new DiskLayout(),
                            new DiskReclaim(),
                            new DiskReclaimable(),
                            new DiskUsage(),
                            new DnsCheck(),
                            new FleetCompare(),
                            new FleetReach(),
                            new HostCapabilities(),
                            new HostIdentify(),
                            new JobCancel(),
                            new JobStatus(),
                            new KernelInfo(),
                            new KernelLog(),
                            new KernelSysctlSet(),
                            new LogFile(),
                            new LogJournal(),
                            new MemOomEvents(),
                            new MemUsage(),
                            new MetricsHistory(),
                            new NetFirewall(),
                            new NetFirewallAllow(),
                            new NetInterfaces(),
                            new NetPath(),
                            new NetProbe(),
                            new NetSockets(),
                            new NetStats(),
                            new PackageCheck(),
                            new PackageDeps(),
                            new PackageHistory(),
                            new PackageHold(),
                            new PackageHolds(),
                            new PackageInfo(),
                            new PackageInstall(),
                            new PackageList(),
                            new PackageLockStatus(),
                            new PackageOrigin(),
                            new PackagePlan(),
                            new PackageRemove(),
                            new PackageRepair(),
                            new PackageRepairPlan(),
                            new PackageSearch(),
                            new PackageUndo(),
                            new PackageUpdates(),
                            new PackageUpgrade(),
                            new PackageVerifyFiles(),
                            new PackageVerifySignature(),
                            new ProcessInspect(),
                            new ProcessSignal(),
                            new ProcessState(),
                            new ProcessTop(),
                            new RecordAnchor(),
                            new RepoCheck(),
                            new RepoList(),
                            new SecurityAccess(),
                            new SecurityExposure(),
                            new SecurityLogins(),
                            new SecurityMac(),
                            new ServiceDeps(),
                            new ServiceList(),
                            new ServiceRestart(),
                            new ServiceSetBoot(),
                            new ServiceSetLimits(),
                            new ServiceStart(),
                            new ServiceStatus(),
                            new ServiceStop(),
                            new TimeStatus(),
                            new TimeSync()
                            // keep-sorted end
                            ));

    private final Map<String, Tool<?, ?>> byName = new TreeMap<>();

    private Catalogue(List<Tool<?, ?>> tools) {
        tools.forEach(tool -> {
            if (byName.put(tool.name(), tool) != null) {
                throw new IllegalArgumentException("two tools are called " + tool.name());
            }
        });
    }

    public static Catalogue standard() {
        return STANDARD;
    }

    /// Every tool, in the order of names.
    public List<Tool<?, ?>> all() {
        return List.copyOf(byName.values());
    }

    public Optional<Tool<?, ?>> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /// The call of `tool` with these arguments.
    ///
    /// @throws BadArguments naming the argument that is refused
    public static <A extends Record> Call<A> bind(Tool<A, ?> tool, JsonNode arguments)
            throws BadArguments {
        return new Call<>(tool, Arguments.read(tool.arguments(), arguments));
    }
}
