package parley.stories;

import java.util.regex.Pattern;

/// Something wrong with a host, how people ask about it, and what a true answer must hold.
///
/// @param name short, for the table
/// @param symptom the diagnosis that the words ask for
/// @param en the question; `HOST` stands for the host
/// @param causeEn is found in the statement of a cause
/// @param evidence is found in the lines that this cause cites
/// @param missed why it is known not to be found; empty where it must be
/// @param brief whether it belongs to the part that every run of the tests does
record Trouble(
        String name,
        Family family,
        Fault fault,
        String symptom,
        String en,
        String zh,
        Pattern causeEn,
        Pattern causeZh,
        Pattern evidence,
        String missed,
        boolean brief) {
    static Trouble of(
            String name,
            Family family,
            Fault fault,
            String symptom,
            String en,
            String zh,
            String causeEn,
            String causeZh,
            String evidence) {
        return new Trouble(
                name,
                family,
                fault,
                symptom,
                en,
                zh,
                Pattern.compile(causeEn),
                Pattern.compile(causeZh),
                Pattern.compile(evidence),
                "",
                false);
    }

    Trouble inBrief() {
        return new Trouble(
                name, family, fault, symptom, en, zh, causeEn, causeZh, evidence, missed, true);
    }

    Trouble knownToBeMissed(String why) {
        return new Trouble(
                name, family, fault, symptom, en, zh, causeEn, causeZh, evidence, why, brief);
    }

    /// The same on the other family.
    Trouble on(Family other) {
        return new Trouble(
                name, other, fault, symptom, en, zh, causeEn, causeZh, evidence, missed, brief);
    }

    String host() {
        return family == Family.APT ? "web-1" : "db-1";
    }

    /// Somebody else who can try from where they are.
    String peer() {
        return family == Family.APT ? "db-1" : "web-1";
    }

    Family peerFamily() {
        return family == Family.APT ? Family.DNF : Family.APT;
    }

    String question(boolean english) {
        return (english ? en : zh).replace("HOST", host()).replace("PEER", peer());
    }

    @Override
    public String toString() {
        return name + " " + family.word();
    }
}
