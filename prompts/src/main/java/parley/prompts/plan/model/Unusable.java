package parley.prompts.plan.model;

import parley.tools.Bilingual;

/// A reply that does not keep to the form: what is wrong with it, for the model and for people.
class Unusable extends Exception {
    private final transient Bilingual why;

    Unusable(Bilingual why) {
        super(why.en());
        this.why = why;
    }

    Unusable(String en, String zh) {
        this(Bilingual.of(en, zh));
    }

    Bilingual why() {
        return why;
    }
}
