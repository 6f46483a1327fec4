// The messages between page, worker and Python, as types; nothing here runs.

/**
 * @typedef {Record<string, string>} Answers field id to text, as the person wrote or picked it
 * @typedef {"today" | "exam"} Era
 *
 * @typedef {object} Marks
 * @property {string[]} hard fields whose wishes the person made hard
 * @property {string[]} soft fields whose needs the person made a wish
 * @property {Record<string, string[]>} chosen options that other decisions came to
 * @property {string[]} guessed fields that a text only hints at
 * @property {Era} era
 * @property {string[]} without options that the person set aside
 *
 * @typedef {{type: "decide", decisions: string[], answers: Answers} & Marks} Decide
 * @typedef {{type: "read", text: string, answers: Answers, other: string[], decision: string | null} & Partial<Marks>} Read
 * @typedef {{type: "record", decisions: string[], answers: Answers, link: string} & Marks} RecordOf
 * @typedef {{type: "design", decisions: string[], answers: Answers, text: string, date: string, link: string} & Marks} Design
 * @typedef {{type: "cost", request: object, link?: string}} Cost
 * @typedef {"boto3" | "cloudformation" | "terraform"} Form of a starting point
 * @typedef {{type: "start", decisions: string[], answers: Answers, form: Form, option: string} & Marks} Start
 * @typedef {{type: "check", name: string, text: string}} Check
 * @typedef {Check | Decide | Read | RecordOf | Design | Start | Cost} Asked what Python is asked
 *
 * @typedef {object} Problem
 * @property {string} code
 * @property {string} where
 * @property {string} message
 * @property {string} hint
 *
 * @typedef {{title: string, url: string, checked: string, fact: string}} Source
 * @typedef {{text: string, source?: Source | null, rule?: string}} Line
 * @typedef {{option: string, label: string}} Named
 * @typedef {{options: Named[], why: string, back: string}} Other
 * @typedef {{text: string, decision: string, without: string}} Fix
 *
 * @typedef {object} Question
 * @property {string} field
 * @property {string} text
 * @property {string} why it is asked, as a sentence before it; mostly empty
 * @property {string} asks the question alone
 * @property {"choice" | "quantity"} kind
 * @property {{value: string, label: string, leads: string}[]} answers
 *
 * @typedef {object} View a verdict as it is shown; see checker/render/sentences.py
 * @property {string} decision
 * @property {"decided" | "narrowed" | "nothing-fits" | "ask-for-more" | "out-of-scope"} state
 * @property {string} headline
 * @property {Named[]} options
 * @property {string} certainty
 * @property {string} spoken
 * @property {Question | null} question
 * @property {Line[]} reasons
 * @property {Other[]} rejected
 * @property {Other[]} also
 * @property {{text: string, options: string[], fixes: Fix[]}[]} clashes
 * @property {string[]} warnings
 * @property {{text: string, because: string[]} | null} eras
 * @property {{text: string, query: string[][]} | null} cost
 * @property {Named[]} start the options that have a starting point
 * @property {{decision: string, label: string}} next
 * @property {Named[]} aside
 * @property {string} checked
 * @property {string[]} fields the questions that were answered
 * @property {{title: string, lines: Line[]}[]} record
 *
 * @typedef {{option: string, form: Form, file: string, text: string, problems: Problem[]}} Started
 *
 * @typedef {{views: Record<string, View>, problems: Problem[], record?: string}} Reply
 *
 * @typedef {{field: string, value: string, quote: string, guess: boolean, label: string, shown: string, at?: number}} Statement one answer
 *
 * @typedef {object} Reading what a text says
 * @property {string | null} area
 * @property {string} state
 * @property {View} [view]
 * @property {string} [headline]
 * @property {Statement[]} read
 * @property {Statement[]} [elsewhere]
 * @property {{quote: string, fields: string[]}[]} [unplaced]
 * @property {{field?: string, quote?: string, fields?: string[]} | null} [question]
 * @property {string[]} [unread]
 * @property {{quote: string, belongs: string}[]} [ignored]
 * @property {{sentence: string, link?: string}} [nearby]
 * @property {string[]} [areas]
 * @property {Problem[]} problems
 *
 * @typedef {{level: "problem" | "warning", code: string, line: number, text: string, place: string, limit: string, hint: string, title: string, url: string, checked: string}} Fault
 * @typedef {{state: "clean" | "problems" | "unreadable", headline: string, read: string, items: Fault[]}} Checked what a configuration has wrong
 *
 * @typedef {{core: string, checker: string, lock: string, sizes: Record<string, number>}} Config
 * @typedef {"no-webassembly" | "not-loaded" | "python" | "crashed" | "timeout"} FailureKind
 *
 * @typedef {{type: "start", id: number, config: Config}} StartMessage
 * @typedef {{type: "ask", id: number, decisions: string[], request: Asked}} AskMessage
 * @typedef {StartMessage | AskMessage} ToWorker
 *
 * @typedef {{type: "progress", received: number}} ProgressMessage
 * @typedef {{type: "result", id: number, result: any}} ResultMessage
 * @typedef {{type: "failure", id: number, kind: FailureKind, message: string}} FailureMessage
 * @typedef {ProgressMessage | ResultMessage | FailureMessage} FromWorker
 *
 * @typedef {object} Places where things are, from the page's data
 * @property {Record<string, {label: string, decision: string, page: string, how?: string, cost?: string}>} options
 * @property {Record<string, {label: string, page: string, version: string}>} decisions
 * @property {Record<string, Record<string, string>>} resultOf
 * @property {string} checked
 */

export {};
