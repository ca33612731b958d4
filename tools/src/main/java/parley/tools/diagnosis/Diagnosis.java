package parley.tools.diagnosis;

import parley.tools.Composite.Ahead;
import parley.tools.Lead;

import java.util.List;

/// A pure decision procedure for one symptom.
interface Diagnosis {
    Symptom symptom();

    /// Everything that has to be read, as far as what was read already tells: what is read in any
    /// case, and with each clue what follows from it.
    List<Lead> leads(Case about);

    /// What it all means, once there is a clue for every lead.
    List<Conclusion> conclude(Case about);

    /// What to read next, or what it all means.
    default Ahead<Diagnosed> next(Case about) {
        List<Lead> open = about.open(leads(about));
        return open.isEmpty()
                ? new Ahead.Concluded<>(Diagnosed.of(symptom(), conclude(about)))
                : new Ahead.Look<>(open);
    }
}
