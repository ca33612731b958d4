package parley.prompts.plan.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import org.jspecify.annotations.Nullable;

import parley.prompts.plan.Conversation;
import parley.tools.Bilingual;
import parley.tools.Call;
import parley.tools.Change;
import parley.tools.Proposal;
import parley.tools.Risk;
import parley.tools.Tool;
import parley.tools.catalogue.Catalogue;
import parley.tools.schema.Arguments;
import parley.tools.schema.BadArguments;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// Calls that a model wrote, as items of a proposal: tool, arguments and hosts are each known, or
/// the call is refused. Arguments come out as the catalogue writes them.
final class Steps {
    private static final Pattern POINTER = Pattern.compile("(/[A-Za-z0-9_*.-]{1,80}){1,8}");

    private final Map<String, Tool<?, ?>> byWireName;
    private final Visible visible;
    private final Prohibitions prohibitions;

    Steps(Map<String, Tool<?, ?>> byWireName, Visible visible, Prohibitions prohibitions) {
        this.byWireName = byWireName;
        this.visible = visible;
        this.prohibitions = prohibitions;
    }

    /// A call made directly: it may only look.
    Proposal.Item observation(String name, ObjectNode written) throws Unusable {
        Tool<?, ?> tool = tool(name);
        ObjectNode arguments = written.deepCopy();
        List<String> hosts = hosts(arguments.remove(Offer.HOSTS));
        Call<?> call = bind(tool, arguments);
        if (call.risk() != Risk.OBSERVE) {
            throw new Unusable(
                    tool.name() + " changes a host; changes go into one submit_plan",
                    tool.name() + " 会更改主机；更改必须放在一次 submit_plan 中");
        }
        return Proposal.Item.of(tool.name(), Arguments.write(call.arguments()), hosts);
    }

    /// A submitted plan: all of it, or none.
    Proposal plan(ObjectNode written) throws Unusable {
        Fields.only(written, Set.of("steps", "prohibited"));
        JsonNode steps = written.path("steps");
        if (!(steps instanceof ArrayNode) || steps.isEmpty() || steps.size() > Replies.MOST_CALLS) {
            throw new Unusable(
                    "\"steps\" must be a list of 1 to " + Replies.MOST_CALLS,
                    "“steps”须为 1 到 " + Replies.MOST_CALLS + " 项的列表");
        }
        List<Proposal.Item> items = new ArrayList<>();
        for (JsonNode step : steps) {
            items.add(step(step, items));
        }
        return new Proposal(items, prohibited(written.path("prohibited"), items));
    }

    boolean changes(Proposal proposal) throws Unusable {
        for (Proposal.Item item : proposal.items()) {
            if (changes(item)) {
                return true;
            }
        }
        return false;
    }

    private Proposal.Item step(JsonNode written, List<Proposal.Item> earlier) throws Unusable {
        int number = earlier.size() + 1;
        try {
            if (!(written instanceof ObjectNode step)) {
                throw new Unusable("it must be an object", "必须是对象");
            }
            Fields.only(step, Set.of("tool", "arguments", Offer.HOSTS, "condition"));
            Tool<?, ?> tool = tool(Fields.text(step, "tool"));
            List<String> hosts = hosts(step.path(Offer.HOSTS));
            Call<?> call = bind(tool, step.path("arguments"));
            if (call.risk() != Risk.OBSERVE) {
                refuseForbidden(hosts);
            }
            Optional<Proposal.Condition> condition =
                    Fields.given(step, "condition")
                            ? Optional.of(condition(step.path("condition"), earlier, hosts))
                            : Optional.empty();
            return new Proposal.Item(
                    tool.name(), Arguments.write(call.arguments()), hosts, condition);
        } catch (Unusable wrong) {
            throw new Unusable(
                    "step " + number + ": " + wrong.why().en(),
                    "第 " + number + " 步：" + wrong.why().zh());
        }
    }

    /// Whether `item` would change something.
    boolean changes(Proposal.Item item) throws Unusable {
        return bind(tool(item.tool()), item.arguments()).risk() != Risk.OBSERVE;
    }

    /// Whether this was a change, or a try at one.
    boolean changes(Conversation.Seen seen) {
        return byWireName.get(Offer.wireName(seen.tool())) instanceof Change<?, ?>;
    }

    /// What the person forbade is no question of how well a model remembers it.
    private void refuseForbidden(List<String> hosts) throws Unusable {
        for (String host : hosts) {
            Optional<String> sentence = prohibitions.against(host);
            if (sentence.isPresent()) {
                String said = Clean.line(sentence.get(), 300);
                throw new Unusable(
                        host
                                + " must not be touched: the person said “"
                                + said
                                + "”; leave it out, or use ask_user",
                        host + " 不得改动：用户说过“" + said + "”；请去掉它，或使用 ask_user");
            }
        }
    }

    private Proposal.Condition condition(
            JsonNode written, List<Proposal.Item> earlier, List<String> hosts) throws Unusable {
        if (written instanceof ObjectNode condition) {
            Fields.only(condition, Set.of("step", "pointer", "comparison", "value"));
            int step = condition.path("step").isInt() ? condition.path("step").intValue() : 0;
            String pointer = Fields.text(condition, "pointer");
            String word = Fields.text(condition, "comparison");
            Optional<Proposal.Comparison> comparison =
                    Arrays.stream(Proposal.Comparison.values())
                            .filter(one -> Offer.word(one).equals(word))
                            .findFirst();
            JsonNode value = condition.path("value");
            boolean scalar = value.isTextual() || value.isNumber() || value.isBoolean();
            boolean before = step >= 1 && step <= earlier.size();
            if (before && comparison.isPresent() && scalar && POINTER.matcher(pointer).matches()) {
                checkReadable(earlier.get(step - 1), pointer, hosts);
                return new Proposal.Condition(step - 1, pointer, comparison.get(), value);
            }
        }
        throw new Unusable(
                "a condition names an earlier step (the first is 1), a JSON pointer such as"
                    + " /usedPercent, a comparison (equal, not-equal, above, below) and a value",
                "条件须给出更早的步骤（从 1 起）、JSON 指针（如 /usedPercent）、比较方式（equal、not-equal、above、below）和值");
    }

    /// A condition that could never hold is a mistake, not a plan.
    private void checkReadable(Proposal.Item read, String pointer, List<String> hosts)
            throws Unusable {
        ReadingShape shape = ReadingShape.of(tool(read.tool()));
        if (!shape.leads(List.of(pointer.substring(1).split("/", -1)))) {
            String sketch = Clean.line(shape.sketch(), 300);
            throw new Unusable(
                    read.tool() + " reads no value at " + pointer + "; it reads: " + sketch,
                    read.tool() + " 在 " + pointer + " 处没有值；其读数为：" + sketch);
        }
        if (!read.hosts().containsAll(hosts)) {
            throw new Unusable(
                    "the condition's step does not run on every host of this step",
                    "条件所依据的步骤没有在本步骤的所有主机上执行");
        }
    }

    private List<String> prohibited(JsonNode written, List<Proposal.Item> items) throws Unusable {
        List<String> names = new ArrayList<>();
        for (JsonNode name : written) {
            names.add(tool(name.asText("")).name());
        }
        Optional<String> both =
                items.stream().map(Proposal.Item::tool).filter(names::contains).findFirst();
        if (both.isPresent()) {
            throw new Unusable(
                    both.get() + " is both a step and prohibited", both.get() + " 既是步骤又被禁止");
        }
        return names;
    }

    private Tool<?, ?> tool(String name) throws Unusable {
        Tool<?, ?> tool = byWireName.get(Offer.wireName(name));
        if (tool == null) {
            String shown = Clean.line(name, 80);
            throw new Unusable(
                    "there is no tool \"" + shown + "\"; there are: " + known(),
                    "没有工具“" + shown + "”；可用：" + known());
        }
        return tool;
    }

    private String known() {
        return String.join(", ", new TreeSet<>(byWireName.keySet()));
    }

    private static <A extends Record> Call<A> bind(Tool<A, ?> tool, JsonNode arguments)
            throws Unusable {
        try {
            return Catalogue.bind(tool, arguments);
        } catch (BadArguments bad) {
            throw new Unusable(
                    Bilingual.of(
                            Clean.line(tool.name() + ": " + bad.why().en(), 500),
                            Clean.line(tool.name() + "：" + bad.why().zh(), 500)));
        }
    }

    /// Inventory names. Only where there is one host at all may they be left out.
    private List<String> hosts(@Nullable JsonNode written) throws Unusable {
        TreeSet<String> hosts = new TreeSet<>();
        boolean absent = written == null || written.isMissingNode() || written.isNull();
        if (absent) {
            visible.only().ifPresent(hosts::add);
        } else if (written instanceof ArrayNode targets) {
            for (JsonNode target : targets) {
                hosts.addAll(host(target));
            }
        }
        if (hosts.isEmpty()) {
            throw new Unusable(
                    "\"hosts\" must be a list of names of the inventory; when it is not said which,"
                            + " use ask_user",
                    "“hosts”须为清单中名称的列表；若未说明是哪台，请使用 ask_user");
        }
        return List.copyOf(hosts);
    }

    private List<String> host(JsonNode target) throws Unusable {
        List<String> hosts = target.isTextual() ? visible.resolve(target.textValue()) : List.of();
        if (hosts.isEmpty()) {
            String shown = Clean.line(target.asText(target.toString()), 80);
            throw new Unusable(
                    "there is no host or group \""
                            + shown
                            + "\"; when it is not clear which is"
                            + " meant, use ask_user",
                    "没有名为“" + shown + "”的主机或组；若不清楚指的是哪台，请使用 ask_user");
        }
        return hosts;
    }
}
