package cn.cityapis.subsidy.catalogue;

/** A whole scheme, small enough to be read in the API's documentation. */
final class ProposalExample {

    static final String BODY = """
            {"document": "{id: example-grant, version: 1, title: 示例补助, summary: 仅作示例, inForceFrom: 2026-01-01, office: 示例部门, applicants: [company], sources: [{id: s, kind: report, title: 示例报道, year: 2026}], cohorts: {fact: exampleFoundedOn, citation: {source: s}, list: [{id: all, label: 全部, from: 2000-01-01}]}, facts: [{id: exampleFoundedOn, type: date, label: 成立日期, question: 哪天成立？, source: 营业执照}], figures: [{id: exampleGrantFen, label: 补助金额, unit: fen, values: [{value: 100000, cohort: all, from: 2026-01-01, citation: {source: s}, approver: 示例部门}]}], conditions: {entry: [{id: founded, label: 已成立, expression: exampleFoundedOn <= asOf, otherwise: 尚未成立, citation: {source: s}}]}, amount: {kind: fixed, tiers: [{label: 补助, when: 'true', figure: exampleGrantFen, citation: {source: s}}]}, funding: {shares: [{party: city, weight: 1}], oddFenTo: city, payee: organisation, citation: {source: s}}, process: {closedBecause: 示例, publicNoticeDays: 0, citation: {source: s}}, examples: [{name: 已成立, asOf: 2026-06-01, facts: {exampleFoundedOn: '2026-01-02'}, expect: {outcome: 'yes', fen: 100000}}]}",
             "effectiveFrom": "2099-01-01", "reason": "示例"}""";

    private ProposalExample() {
    }
}
