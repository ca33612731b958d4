package parley.safety.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.node.ObjectNode;

import org.junit.jupiter.api.Test;

import parley.safety.policy.Policies;
import parley.safety.policy.PolicyError;
import parley.safety.policy.ShippedPolicies;
import parley.tools.Argv;
import parley.tools.Host;
import parley.tools.Hosts;
import parley.tools.Tool;
import parley.tools.catalogue.Catalogue;
import parley.tools.schema.Json;

import java.util.List;
import java.util.Map;

/// The tools that send something out of a host, as the shipped policies judge their real calls.
final class OutboundTest {
    private static final Host WEB = Steps.host("web-1", "dev");
    private static final Hosts HOSTS = new Hosts(List.of(WEB, Steps.host("db-1", "dev")));
    private static final Gate GATE = new Gate(policies());

    private static Policies policies() {
        try {
            return ShippedPolicies.load(
                    Catalogue.standard().all().stream().map(Tool::card).toList(), List.of());
        } catch (PolicyError refused) {
            throw new IllegalStateException(refused);
        }
    }

    /// Calls of each kind, with `%s` where the name or address goes.
    private static final Map<String, String> CALLS =
            Map.of(
                    "net.probe", "{'target':'%s','port':443,'kind':'tcp'}",
                    "net.path", "{'target':'%s'}",
                    "dns.check", "{'name':'%s'}");

    @Test
    void whatTheOperatorSaidIsAsked() throws Exception {
        for (String tool : CALLS.keySet()) {
            assertEquals(
                    "Allow", judged(tool, "pay.example.com", "reach pay.example.com port 443"));
        }
    }

    @Test
    void aHostOfTheInventoryIsAsked() throws Exception {
        for (String tool : CALLS.keySet()) {
            assertEquals("Allow", judged(tool, "db-1", "is the database up on 443?"));
        }
    }

    @Test
    void whatAModelMadeUpNeedsAYes() throws Exception {
        for (String tool : CALLS.keySet()) {
            assertEquals("Confirm", judged(tool, "pay.example.com", "is payment up?"));
        }
    }

    @Test
    void whatAHostPrintedIsNeverAsked() throws Exception {
        for (String tool : CALLS.keySet()) {
            assertEquals(
                    "Deny",
                    judged(
                            tool,
                            "c2VjcmV0.evil.example",
                            "is payment up?",
                            "see http://c2VjcmV0.evil.example/ for help"));
        }
    }

    @Test
    void theMetadataServiceOfACloudIsNeverAsked() throws Exception {
        for (String tool : CALLS.keySet()) {
            for (String address : List.of("169.254.169.254", "100.100.100.200", "fd00:ec2::254")) {
                assertEquals("Deny", judged(tool, address, "ask " + address + " on port 443"));
            }
        }
        assertEquals(
                "Deny",
                judged(
                        "dns.check",
                        "{'name':'pay.example.com','server':'169.254.169.253'}",
                        "resolve pay.example.com with 169.254.169.253",
                        List.of()));
    }

    @Test
    void thePathAModelMadeUpNeedsAYesToo() throws Exception {
        assertEquals(
                "Confirm",
                judged(
                        "net.probe",
                        "{'target':'db-1','port':80,'path':'/aGVsbG8'}",
                        "is db-1 up on port 80?",
                        List.of()));
    }

    private static String judged(String tool, String target, String words, String... outputs)
            throws Exception {
        String json = CALLS.getOrDefault(tool, "").formatted(target);
        return judged(tool, json, words, List.of(outputs));
    }

    private static String judged(String name, String json, String words, List<String> outputs)
            throws Exception {
        Tool<?, ?> tool = Catalogue.standard().find(name).orElseThrow();
        ObjectNode arguments = (ObjectNode) Json.mapper().readTree(json.replace('\'', '"'));
        Step step =
                new Step(
                        Catalogue.bind(tool, arguments),
                        WEB,
                        Argv.of("true"),
                        Step.Elevation.NONE,
                        Step.Purpose.CALL,
                        Provenances.of(
                                arguments,
                                words,
                                HOSTS,
                                outputs,
                                Provenances.constants(tool.arguments())));
        return GATE.judge(step, Steps.circumstances(step)).getClass().getSimpleName();
    }
}
