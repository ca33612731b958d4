package parley.prompts.plan.model;

import parley.prompts.plan.Conversation;
import parley.prompts.plan.PlannerFailed;
import parley.tools.Bilingual;
import parley.tools.Host;
import parley.tools.Hosts;
import parley.tools.Proposal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The part of the inventory that a model may know: the hosts whose readings may be sent to it, and
/// the groups made of such hosts only. Which hosts words mean can only be guessed; so where some
/// are hidden, a model is asked only about hosts that are named and may be known.
final class Visible {
    /// Words for every host there is.
    private static final Pattern EVERYTHING =
            Pattern.compile(
                    "\\b(?:all|every|each)\\b(?:\\s+(?:of|the|our|my|single))*(?:\\s+\\w+)?\\s+"
                            + "(?:hosts?|servers?|machines?|box(?:es)?|nodes?|them)\\b"
                            + "|\\b(?:fleet|everywhere|everything)\\b|\\bexcept\\b"
                            + "|(?:所有|全部|每个|各个|整个)的?(?:主机|服务器|机器|节点|机)|全体|每台|各台|除了?.*外",
                    Pattern.CASE_INSENSITIVE);

    private final Hosts all;
    private final List<Host> shown;
    private final List<Host> hidden;
    private final List<String> groups;
    private final List<String> hiddenGroups;

    private Visible(Hosts all) {
        this.all = all;
        this.shown = all.all().stream().filter(Host::modelAllowed).toList();
        this.hidden = all.all().stream().filter(host -> !host.modelAllowed()).toList();
        this.groups = all.groups().stream().filter(this::isShownWhole).toList();
        this.hiddenGroups = all.groups().stream().filter(name -> !isShownWhole(name)).toList();
    }

    private boolean isShownWhole(String group) {
        return all.inGroup(group).stream().noneMatch(this::isHidden);
    }

    /// What a model may know for this conversation.
    ///
    /// @throws PlannerFailed when the request concerns, or may concern, a host that a model may not
    ///   know
    static Visible of(Conversation conversation) throws PlannerFailed {
        Visible visible = new Visible(conversation.hosts());
        if (!visible.hidden.isEmpty() && visible.mayConcernHidden(conversation)) {
            throw new PlannerFailed(
                    Bilingual.of(
                            "the request concerns, or may concern, hosts whose readings may not be"
                                    + " sent to a model (model: deny in the inventory); the"
                                    + " embedded planner must be used, or name hosts that allow it",
                            "该请求涉及或可能涉及不允许把读数发送给模型的主机（清单中 model: deny）；请使用内置规划器，"
                                    + "或明确指定允许使用模型的主机"),
                    List.of(),
                    null);
        }
        return visible;
    }

    private boolean mayConcernHidden(Conversation conversation) {
        String words = conversation.request().words();
        if (conversation.seen().stream()
                        // what was asked about several hosts together names them all
                        .flatMap(seen -> Stream.of(seen.host().split(", ")))
                        .anyMatch(this::isHidden)
                || EVERYTHING.matcher(words).find()
                || namesHidden(words)) {
            return true;
        }
        return !namesShown(words) && !continuesShown(conversation.past());
    }

    /// Whether the words go on about hosts that a model may know.
    private boolean continuesShown(List<Conversation.Past> past) {
        if (past.isEmpty() || !mayTell(past.getLast())) {
            return false;
        }
        return past.getLast().proposal().stream()
                .flatMap(proposal -> proposal.items().stream())
                .anyMatch(item -> !item.hosts().isEmpty());
    }

    /// Whether an earlier request says nothing about hidden hosts.
    boolean mayTell(Conversation.Past past) {
        return !namesHidden(past.words())
                && past.proposal().stream()
                        .map(Proposal::items)
                        .flatMap(List::stream)
                        .flatMap(item -> item.hosts().stream())
                        .noneMatch(this::isHidden);
    }

    private boolean isHidden(String name) {
        return all.find(name).filter(Host::modelAllowed).isEmpty();
    }

    private boolean namesHidden(String words) {
        return Stream.concat(hidden.stream().flatMap(Visible::names), hiddenGroups.stream())
                .anyMatch(name -> stands(name, words));
    }

    /// Whether a host or group that a model may know is named.
    boolean namesShown(String words) {
        return Stream.concat(shown.stream().flatMap(Visible::names), groups.stream())
                .anyMatch(name -> stands(name, words));
    }

    private static Stream<String> names(Host host) {
        return Stream.of(Stream.of(host.name()), host.aliases().stream(), host.address().stream())
                .flatMap(stream -> stream);
    }

    /// Whether `name` stands in `words` as a name of its own; Chinese needs no space around it.
    private static boolean stands(String name, String words) {
        return Pattern.compile(
                        "(?<![A-Za-z0-9._-])"
                                + Pattern.quote(name)
                                + "(?![A-Za-z0-9_-]|\\.[A-Za-z0-9])",
                        Pattern.CASE_INSENSITIVE)
                .matcher(words)
                .find();
    }

    List<Host> hosts() {
        return shown;
    }

    /// How many hosts a model may not know.
    int hiddenCount() {
        return hidden.size();
    }

    /// The only host there is.
    Optional<String> only() {
        return all.size() == 1 && shown.size() == 1
                ? Optional.of(shown.getFirst().name())
                : Optional.empty();
    }

    /// Everything that may stand for hosts in a call: names of hosts, and of groups that are not
    /// also a host.
    List<String> targets() {
        List<String> targets = new ArrayList<>(shown.stream().map(Host::name).toList());
        groups.stream().filter(group -> all.find(group).isEmpty()).forEach(targets::add);
        return targets;
    }

    /// The inventory names of a host or a group, sorted; empty when a model knows no such name.
    List<String> resolve(String target) {
        Optional<Host> host = all.find(target);
        if (host.isPresent()) {
            return host.filter(Host::modelAllowed).map(Host::name).stream().toList();
        }
        List<String> members = List.copyOf(all.inGroup(target));
        return isShownWhole(target) ? members : List.of();
    }
}
