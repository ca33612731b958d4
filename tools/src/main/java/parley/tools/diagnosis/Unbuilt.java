package parley.tools.diagnosis;

import parley.tools.Bilingual;
import parley.tools.Lead;

import java.util.List;

/// A symptom for which there is no procedure here: it excludes nothing, and says so.
record Unbuilt(Symptom symptom, Bilingual why) implements Diagnosis {
    @Override
    public List<Lead> leads(Case about) {
        return List.of();
    }

    @Override
    public List<Conclusion> conclude(Case about) {
        return List.of(Conclusion.open("nothing was looked at", "没有查看任何内容", why));
    }
}
