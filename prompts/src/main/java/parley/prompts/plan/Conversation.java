package parley.prompts.plan;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import parley.tools.Bilingual;
import parley.tools.Hosts;
import parley.tools.Proposal;

import java.util.List;
import java.util.Optional;

/// Everything a planner may know: the request, the inventory's names, what was said before, what
/// was read since.
///
/// @param earlier requests of the same conversation before `past`, oldest first; what they point to
///   is forgotten, what they forbid is not
/// @param past the newest requests before this one, oldest first, which this one may point back to
/// @param seen what the steps of this request gave so far, in order; empty on the first call
public record Conversation(
        Request request, Hosts hosts, List<Past> earlier, List<Past> past, List<Seen> seen) {
    /// An earlier request and what it was planned as.
    ///
    /// @param ending the word for how it ended (`done`, `declined`); empty when that is not known
    public record Past(String words, Optional<Proposal> proposal, String ending) {
        public Past {
            requireNonNull(words, "words is null");
            requireNonNull(proposal, "proposal is null");
            requireNonNull(ending, "ending is null");
        }

        public Past(String words, Optional<Proposal> proposal) {
            this(words, proposal, "");
        }
    }

    /// One step of this request on one host, as far as a planner may see it.
    ///
    /// @param id the evidence id: `#3`
    /// @param reading absent when nothing could be read; `problem` then says why
    public record Seen(
            String id,
            String tool,
            ObjectNode arguments,
            String host,
            Optional<JsonNode> reading,
            Optional<Bilingual> problem) {
        public Seen {
            requireNonNull(id, "id is null");
            requireNonNull(tool, "tool is null");
            requireNonNull(arguments, "arguments is null");
            requireNonNull(host, "host is null");
            requireNonNull(reading, "reading is null");
            requireNonNull(problem, "problem is null");
        }
    }

    public Conversation {
        requireNonNull(request, "request is null");
        requireNonNull(hosts, "hosts is null");
        earlier = List.copyOf(earlier);
        past = List.copyOf(past);
        seen = List.copyOf(seen);
    }

    /// A conversation that is not long.
    public Conversation(Request request, Hosts hosts, List<Past> past, List<Seen> seen) {
        this(request, hosts, List.of(), past, seen);
    }
}
