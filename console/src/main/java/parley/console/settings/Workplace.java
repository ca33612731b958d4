package parley.console.settings;

import parley.console.reach.BadInventory;
import parley.console.reach.Executor;
import parley.console.reach.FirstContact;
import parley.console.reach.Inventory;
import parley.console.reach.Passphrases;
import parley.console.reach.Reach;
import parley.console.turn.Declarations;
import parley.console.turn.House;
import parley.console.turn.OpenUnknown;
import parley.console.turn.Platforms;
import parley.console.turn.Situations;
import parley.prompts.plan.Planner;
import parley.prompts.plan.Request;
import parley.prompts.plan.embedded.EmbeddedPlanner;
import parley.prompts.plan.model.ModelPlanner;
import parley.safety.gate.Actor;
import parley.safety.gate.Gate;
import parley.safety.policy.Policies;
import parley.safety.policy.PolicyError;
import parley.safety.policy.PolicyFile;
import parley.safety.policy.ShippedPolicies;
import parley.safety.record.AuditLog;
import parley.safety.record.RecordUnavailable;
import parley.tools.Bilingual;
import parley.tools.Card;
import parley.tools.Hosts;
import parley.tools.Language;
import parley.tools.Tool;
import parley.tools.catalogue.Catalogue;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.stream.Collectors;

/// Everything that one start of Parley works with: settings, inventory, policies, record, sessions
/// and planners.
public final class Workplace implements AutoCloseable {
    /// Name and version, as the record keeps them.
    public static final String SOFTWARE = "parley 0.1.0";

    private static final int MOST_NAMED = 3;

    private final House house;
    private final Policies policies;
    private final List<Planner> planners;
    private final Planner embedded;
    private final boolean managed;
    private final Anchoring anchoring;
    private final List<OpenUnknown> unknown;

    private Workplace(
            List<OpenUnknown> unknown,
            House house,
            Policies policies,
            List<Planner> planners,
            Planner embedded,
            boolean managed,
            Anchoring anchoring) {
        this.unknown = List.copyOf(unknown);
        this.house = house;
        this.policies = policies;
        this.planners = planners;
        this.embedded = embedded;
        this.managed = managed;
        this.anchoring = anchoring;
    }

    /// Opens everything. The policies load beside the rest, because that takes longest.
    ///
    /// @param firstContact asked when a host shows a key that is not known
    /// @throws CannotStart saying what is wrong where and how to mend it; nothing is left open
    public static Workplace open(Options options, FirstContact firstContact) throws CannotStart {
        try {
            Directories directories = options.directories();
            Inventory inventory = inventory(options);
            Catalogue catalogue = Catalogue.standard();
            List<PolicyFile> files = PolicyFiles.read(directories);
            FutureTask<Policies> loading = ShippedPolicies.inBackground(cards(catalogue), files);
            Settings settings = Settings.load(directories);
            Actor actor = Roles.actor(System.getProperty("user.name"), inventory.managed());
            EmbeddedPlanner embedded = new EmbeddedPlanner(catalogue);
            List<Planner> planners = planners(options, settings, catalogue, embedded);
            AuditLog log = RecordPlace.open(directories, SOFTWARE);
            try {
                Unfinished.record(log, actor.id());
                List<OpenUnknown> unknown = OpenUnknown.all(log);
                Policies policies = policies(loading);
                RecordedPolicies recorded =
                        new RecordedPolicies(log, actor.id(), directories.cache());
                recorded.note(policies);
                Opening.record(
                        log, actor.id(), inventory.managed(), planners.getFirst().name(), policies);
                Reach reach = new Reach(inventory.hosts(), firstContact, Passphrases.NOBODY);
                House house =
                        new House(
                                catalogue,
                                inventory.hosts(),
                                new Gate(
                                        new LivePolicies(
                                                directories,
                                                cards(catalogue),
                                                files,
                                                policies,
                                                recorded)),
                                new Situations(
                                        CalendarFile.load(directories),
                                        new Declarations(options.declared()),
                                        directories.record(),
                                        catalogue,
                                        InstantSource.system()),
                                SecondPersonSettings.of(
                                        Settings.approvals(directories, inventory.managed()),
                                        inventory.managed()),
                                log,
                                reach,
                                new Executor(reach),
                                new Platforms(),
                                actor);
                return new Workplace(
                        unknown,
                        house,
                        policies,
                        planners,
                        embedded,
                        inventory.managed(),
                        new Anchoring(settings.anchors(), log, actor.id()));
            } catch (BadSettings | RecordUnavailable bad) {
                log.close();
                throw bad;
            }
        } catch (BadSettings bad) {
            throw new CannotStart(bad.why(), 2);
        } catch (RecordUnavailable unavailable) {
            throw new CannotStart(
                    Bilingual.of(
                            unavailable.why().en() + "; nothing runs without a record",
                            unavailable.why().zh() + "；没有审计记录就不执行任何操作"),
                    10);
        }
    }

    private static Policies policies(FutureTask<Policies> loading) throws BadSettings {
        try {
            return loading.get();
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof PolicyError bad) {
                throw new BadSettings(bad.why());
            }
            throw new IllegalStateException("the policies could not be loaded", failed.getCause());
        } catch (InterruptedException cancelled) {
            Thread.currentThread().interrupt();
            throw new BadSettings(Bilingual.of("cancelled while starting", "启动时被取消"));
        }
    }

    /// The models in their order, and the embedded planner last.
    private static List<Planner> planners(
            Options options, Settings settings, Catalogue catalogue, EmbeddedPlanner embedded)
            throws BadSettings {
        String wanted = options.planner().orElse(settings.model().isEmpty() ? "embedded" : "model");
        List<Planner> planners = new ArrayList<>();
        switch (wanted) {
            case "embedded" -> {}
            case "model" -> {
                if (settings.model().isEmpty()) {
                    throw new BadSettings(
                            Bilingual.of(
                                    "no model is configured; put model: {baseUrl: …, name: …} into"
                                            + " config.yaml",
                                    "没有配置模型；请在 config.yaml 中写入 model: {baseUrl: …, name: …}"));
                }
                for (Settings.Model model : settings.model()) {
                    planners.add(
                            new ModelPlanner(
                                    Models.settings(model, options.environment()),
                                    catalogue.all(),
                                    embedded));
                }
            }
            default ->
                    throw new BadSettings(
                            Bilingual.of(
                                    "--planner is embedded or model, not \"{0}\"",
                                    "--planner 只能是 embedded 或 model，不能是“{0}”", wanted));
        }
        planners.add(embedded);
        return List.copyOf(planners);
    }

    private static List<Card> cards(Catalogue catalogue) {
        return catalogue.all().stream().<Card>map(Tool::card).toList();
    }

    private static Inventory inventory(Options options) throws BadSettings {
        try {
            return Inventory.locate(options.inventory());
        } catch (BadInventory bad) {
            throw new BadSettings(bad.why());
        }
    }

    /// The hosts there are, without opening anything else.
    public static Hosts hosts(Options options) throws CannotStart {
        try {
            return inventory(options).hosts();
        } catch (BadSettings bad) {
            throw new CannotStart(bad.why(), 2);
        }
    }

    /// The planner that needs nothing configured, without opening anything else.
    public static Planner embeddedPlanner() {
        return new EmbeddedPlanner(Catalogue.standard());
    }

    /// A new request with a number of its own, which begins with the time so that requests sort.
    public Request request(String words, Language language) {
        String time =
                Instant.now().truncatedTo(ChronoUnit.SECONDS).toString().replaceAll("[-:]", "");
        String id = time + "-" + UUID.randomUUID().toString().substring(0, 8);
        return new Request(id, house.actor().id(), language, words);
    }

    /// What a person should know when the console opens: who plans, whose rules hold, how many
    /// hosts there are.
    public List<String> greeting(Language language) {
        int count = house.hosts().size();
        return switch (language) {
            case EN ->
                    List.of(
                            "Parley · "
                                    + (managed
                                            ? "managed mode: hosts, roles and policies are the"
                                                    + " machine's"
                                            : "personal mode: the record protects against everyone"
                                                    + " but you"),
                            count
                                    + (count == 1 ? " host" : " hosts")
                                    + " · planner: "
                                    + planners.getFirst().name()
                                    + " · /help, Ctrl-D leaves");
            case ZH ->
                    List.of(
                            "Parley · "
                                    + (managed ? "托管模式：主机、角色和策略由本机管理员设定" : "个人模式：审计记录可防除你本人以外的任何人"),
                            count
                                    + " 台主机 · 规划器："
                                    + planners.getFirst().name()
                                    + " · 输入 /help 查看帮助，Ctrl-D 离开");
        };
    }

    /// What a person must know before anything else: the outcomes that nobody knows yet, in one
    /// line.
    public List<String> warnings(Language language) {
        if (unknown.isEmpty()) {
            return List.of();
        }
        String first =
                unknown.stream()
                        .limit(MOST_NAMED)
                        .map(one -> one.tool() + " @ " + one.host() + " (" + one.number() + ")")
                        .collect(Collectors.joining(language == Language.EN ? ", " : "、"));
        String more = unknown.size() > MOST_NAMED ? ", …" : "";
        return List.of(
                switch (language) {
                    case EN ->
                            "outcome unknown: "
                                    + first
                                    + more
                                    + "; look with: parley settle NUMBER";
                    case ZH -> "结果不明：" + first + more + "；请查看：parley settle 序号";
                });
    }

    public House house() {
        return house;
    }

    public Policies policies() {
        return policies;
    }

    /// The planners in the order in which they are tried; the embedded one is the last.
    public List<Planner> planners() {
        return planners;
    }

    public Planner embedded() {
        return embedded;
    }

    @Override
    public void close() {
        house.reach().close();
        anchoring.atEnd();
        house.log().close();
    }
}
