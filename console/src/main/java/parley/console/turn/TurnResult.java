package parley.console.turn;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;

import parley.prompts.answer.Narrator;
import parley.prompts.plan.Planned;
import parley.prompts.plan.Request;
import parley.prompts.plan.Usage;
import parley.tools.Proposal;
import parley.tools.schema.Json;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Everything a request came to.
///
/// @param results in the order in which they were done, previews left out
/// @param answer the sentences of the answer, each with its evidence
/// @param usage what models took, those that failed included
/// @param modelWords what a model said about the readings; empty without a model
public record TurnResult(
        Request request,
        Outcome outcome,
        Optional<Proposal> proposal,
        Optional<Planned.Clarify> question,
        List<HostResult> results,
        List<Narrator.Sentence> answer,
        String modelWords,
        Usage usage) {
    public TurnResult {
        requireNonNull(request, "request is null");
        requireNonNull(outcome, "outcome is null");
        requireNonNull(proposal, "proposal is null");
        requireNonNull(question, "question is null");
        results = List.copyOf(results);
        answer = List.copyOf(answer);
        requireNonNull(modelWords, "modelWords is null");
        requireNonNull(usage, "usage is null");
    }

    /// What hosts printed in this request, value by value, as far as it was read.
    public List<String> printed() {
        List<String> printed = new ArrayList<>();
        results.forEach(result ->
                result.reading()
                        .ifPresent(reading ->
                                Shown.leaves(
                                        Json.mapper().<JsonNode>valueToTree(reading.value()),
                                        printed)));
        return List.copyOf(printed);
    }
}
