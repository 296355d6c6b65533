// The frames of protocol version 1 (docs/PROTOCOL.md), for the type check of ../static/*.js.

type Choice = "agree" | "disagree" | "pass";
type Statement = { number: number; text: string; seed: boolean; worded?: boolean; choice?: Choice; important?: boolean };
type Progress = { voted: number; shown: number; placed_at: number; results: boolean };
type Point = [number, number];

type Welcome = { t: "welcome"; state: State; joined: boolean; progress: Progress; next: Statement | null; last: Statement | null };
type Ack = { t: "ack"; op: string; seq: number; next: Statement | null; progress: Progress };
type Submitted = { t: "submitted"; op: string; seq: number; statement: number | null; moderation: string };
type Next = { t: "next"; statement: Statement | null; progress: Progress };
/** What moderators decided: statements that are not shown any more, and one's own. */
type Decided = { t: "decided"; hidden: number[]; message: string; yours: { message: string }[] };
type Refused = { t: "refused"; op: string; code: string; message: string; retry: boolean };
type State = "draft" | "open" | "closed";
type Totals = { participants: number; votes: number; statements: number };
type Counts = { t: "counts"; version: number; state: State; counts: Totals };
type Queue = { t: "queue"; seq: number; pending: number };
type You = { t: "you"; version: number; x: number; y: number; radius: number; group: string | null; mark: OwnMark };
/** A place in the picture, how far it may be off, and the side of its label. */
type OwnMark = { at: Point; reach: number; label: "above" | "below" | "after" | "before" };
type Group = { label: string; size: number; centre: Point };
/** What is drawn of a group; `area` is the `d` of a path. */
type DrawnGroup = { letter: number; area: string; marks: Point[]; hollow: Point[]; badge: Point | null };
/** A cell is x, y, group, people, and how many of them may belong elsewhere. */
type Cell = [number, number, number, number, number];
type MapOf = {
  t: "map"; version: number; state: State; counts: Totals; placed: number; placed_needed: number; groups: Group[]; cells: Cell[];
  status: "clear" | "fragile" | "no_clear_groups" | null; status_version: number | null; settling: number | null; late: boolean;
  at_ms: number; drawing: { people_per_mark: number; groups: DrawnGroup[] };
};
type ErrorFrame = { t: "error"; code: string; message: string };
type Bye = { t: "bye"; code: number; retry_after_ms: number };
type ServerFrame =
  | Welcome | Ack | Submitted | Next | Decided | Refused | Counts | Queue | You | MapOf | ErrorFrame | Bye;

/** A vote that the server has not confirmed yet. */
type Vote = { op: string; statement: number; choice: Choice; text?: string } & Partial<Marks>;

/** What goes with a vote beside the choice. */
type Marks = { important: boolean; pack: number };

/** What a page does with its socket. */
type Listener = {
  hear(frame: ServerFrame): void;
  /** The socket has ended; another is opened by itself. */
  lost?(): void;
  /** Something still has to be sent. */
  busy?(): boolean;
};
