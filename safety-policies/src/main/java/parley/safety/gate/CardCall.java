package parley.safety.gate;

import com.fasterxml.jackson.databind.JsonNode;

import parley.safety.record.Canonical;
import parley.tools.Call;
import parley.tools.Risk;
import parley.tools.schema.Arguments;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// One call of a card with all its steps on all its hosts.
record CardCall(Call<?> call, List<Judged> steps) {
    /// Steps of the same tool with the same arguments belong together; the order is that of their
    /// first steps.
    static List<CardCall> group(List<Judged> steps) {
        Map<String, List<Judged>> byCall = new LinkedHashMap<>();
        for (Judged judged : steps) {
            Call<?> call = judged.step().call();
            String key =
                    call.tool().name()
                            + new String(
                                    Canonical.bytes(Arguments.write(call.arguments())),
                                    StandardCharsets.UTF_8);
            byCall.computeIfAbsent(key, ignored -> new ArrayList<>()).add(judged);
        }
        return byCall.values().stream()
                .map(list -> new CardCall(list.getFirst().step().call(), List.copyOf(list)))
                .toList();
    }

    Risk effect() {
        return steps.stream()
                .map(judged -> Gate.effect(judged.step(), judged.circumstances()))
                .reduce(Risk.OBSERVE, Risk::or);
    }

    List<String> hosts() {
        return steps.stream()
                .map(judged -> judged.step().host().name())
                .distinct()
                .sorted()
                .toList();
    }

    int rung() {
        return steps.stream().mapToInt(judged -> judged.verdict().rung()).max().orElse(0);
    }

    /// The given arguments, in order, each with its values.
    Map<String, List<String>> arguments() {
        Map<String, List<String>> arguments = new LinkedHashMap<>();
        Arguments.write(call.arguments())
                .properties()
                .forEach(entry ->
                        arguments.put(
                                entry.getKey(),
                                StepFacts.values(entry.getValue()).stream()
                                        .map(JsonNode::asText)
                                        .toList()));
        return arguments;
    }

    /// Where an argument came from, the least trusted over all steps.
    Provenance from(String argument) {
        return Provenance.join(
                steps.stream()
                        .map(judged -> judged.step().provenance())
                        .map(map -> map.getOrDefault(argument, Provenance.MODEL))
                        .toList());
    }

    /// What differs between hosts, folded: the value, and the hosts that have it.
    <T> Map<List<T>, List<String>> perHost(Function<Judged, Collection<T>> what) {
        Map<String, List<T>> byHost = new LinkedHashMap<>();
        for (Judged judged : steps) {
            List<T> all =
                    byHost.computeIfAbsent(
                            judged.step().host().name(), ignored -> new ArrayList<>());
            what.apply(judged).stream().filter(one -> !all.contains(one)).forEach(all::add);
        }
        Map<List<T>, List<String>> folded = new LinkedHashMap<>();
        byHost.forEach(
                (host, all) -> folded.computeIfAbsent(all, ignored -> new ArrayList<>()).add(host));
        return folded;
    }

    /// Like [#perHost], but text by text: what is the same on all hosts is said once, however much
    /// else differs.
    <T> Map<List<T>, List<String>> eachText(Function<Judged, Collection<T>> what) {
        Map<List<T>, List<String>> folded = new LinkedHashMap<>();
        perHost(what)
                .forEach((texts, hosts) ->
                        texts.forEach(text ->
                                folded.computeIfAbsent(List.of(text), ignored -> new ArrayList<>())
                                        .addAll(hosts)));
        return folded;
    }
}
