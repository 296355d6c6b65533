# The words of Boule's pages in English. A key says where it is used.

site-name = Boule
site-description = Say what you think of short statements, see where people stand and what they agree on.
skip-to-content = Skip to the content
nav-label = Pages
footer-note = Boule counts no vote twice, shows how many people are behind every number, and asks no voter’s name. No other site is told that you were here.
not-reviewed = This translation has not been reviewed by a native speaker yet.

error-title = That did not work
error-home = To the first page

# Words used on many pages

people = { $n ->
    [one] { $n } person
   *[other] { $n } people
}
people-word = People
group = Group
share = Share
statement = Statement
state = State
change = Change
why = Why
overall = Everyone
number-short = No.
choice-agree = Agree
choice-disagree = Disagree
choice-pass = Pass
state-open = Open for votes
state-closed = Closed
state-draft = Being prepared
from-organiser = From the organiser
from-participant = From another participant
meta = about the person
saved = Saved.

nav-mine = My votes
nav-results = Results
nav-agenda = Agenda
nav-vote = Vote
nav-moderate = Moderate
nav-leave = Sign out

# The first page

home-title = Conversations
home-intro = Large publics answer one question together: you vote on short statements that others wrote, and add your own.
list-newest-first = Newest first
home-empty = There is no conversation here yet. Whoever runs this site can make one.

# Role links


# Taking part

asked-by = Asked by { $organiser }
about = What this is about
about-privacy = Your votes are kept under a number, never under your name. A random key in this browser leads to that number. We don’t ask who you are.
vote-label = Your vote
vote-saved = Vote saved.
vote-waiting = Saving …
vote-busy = The server is busy. Your vote is kept on this device and sent again soon.
vote-offline = You are offline. Your vote is kept on this device and sent when you are back.
vote-offline-none = You are offline, and there is nothing more to vote on here until you are back.
shared-device = Others use this device, too
shared-device-hint = Then nothing is kept here for a time without a connection.
vote-resent = You are back. Your votes were sent and saved.
keys-hint = Keys: 1 agree, 2 pass, 3 disagree, U change the last vote.
keys-switch = Keys on
no-statements = There is nothing to vote on yet.
all-done = You have voted on everything there is. Thank you!
all-done-next = New statements come in as people write them: look in again, or add one of your own below.
last-vote = Your last vote:
change-last = Change it
steps-to-place = { $done } of { $all } votes until you see where you stand
steps-to-place-template = {"{"}done{"}"} of {"{"}all{"}"} votes until you see where you stand
steps-to-compare = { $done } of { $all } votes until you can be compared with others
steps-to-compare-template = {"{"}done{"}"} of {"{"}all{"}"} votes until you can be compared with others
steps-round = { $voted ->
    [one] 1 vote; { $done } of { $all } in this round
   *[other] { $voted } votes; { $done } of { $all } in this round
}
steps-round-template = {"{"}voted{"}"} votes; {"{"}done{"}"} of {"{"}all{"}"} in this round
steps-round-one-template = 1 vote; {"{"}done{"}"} of {"{"}all{"}"} in this round
steps-all = { $voted ->
    [0] No votes yet
    [one] 1 vote
   *[other] { $voted } votes
}
steps-all-template = {"{"}voted{"}"} votes
voting-until = People can vote until { $when }.
frame-open-until = open until { $when }
frame-took-part = { $n ->
    [one] 1 person took part
   *[other] { $n } people took part
}
tab-vote = Vote
plan-title = What happens with my votes
plan-now = Now
plan-now-text = Vote and write statements. Stop whenever you like: even a few votes help.
plan-until = Until { $when }
see-title = Who can see what
see-text = No page shows how one person voted. Groups of fewer than { $min } people are never shown. You need no account.
submit-title = Write your own statement
submit-label = A statement that others can agree or disagree with (at most { $limit } characters)
submit-hint-before = One idea, in your own words. A moderator reads it before others vote on it.
submit-hint-after = One idea, in your own words. Others vote on it at once.
submit-button = Submit
similar-title = Others have said nearly the same
similar-hint = Agree with one of these instead. Or send yours, if it says something else.
similar-agree = Agree with this
similar-anyway = Send mine anyway
similar-not-sent = Not sent yet: others have said nearly the same. See below.
submitted-waits = Thank you. Your statement is saved, with your own agreement; it waits for a moderator.
submit-offline = You are offline. Your words stay in the form and are sent when you are back.
submitted-shown = Thank you. Your statement is saved, with your own agreement; others can vote on it now.
stop-here = Stop here and look at the results
closed-title = This conversation is closed
closed-text = No more votes are taken. What people said stays here:
draft-title = This conversation is being prepared
draft-text = It is not open for votes yet.
results-at-close = The results are shown when the conversation closes, so that they sway nobody’s vote.
results-after-n = The results are shown after { $n } votes of your own, so that they don’t sway your first ones.
results-own-votes = You have cast { $n } so far.
read-only = I only want to read
read-hint = You don’t have to vote to read. If you vote later, it is noted with your votes that you had read the results first.

# My votes

mine-title = My votes and statements
mine-statements = My statements
mine-votes = My votes
mine-no-statements = You have not submitted a statement yet.
mine-no-votes = You have not voted yet.
mine-votes-caption = { $n ->
    [one] { $n } vote, which you can change
   *[other] { $n } votes, each of which you can change
}
your-vote = Your vote
change-vote-on = Change the vote on: { $statement }
moderation-accepted = Accepted: others can vote on it.
moderation-pending = Waiting for a moderator.
moderation-rejected = Not accepted
mine-change = Change it or take it back
mine-reword-label = Your statement in new words
mine-reword-hint = You can do this until somebody else votes on it. Your new words count as a new statement.
mine-reword = Submit it in these words
mine-withdraw = Take it back
mine-withdrawn = You have taken your statement back.
mine-reworded = Your new words are saved.
told-title = What became of it
told-accepted = Accepted on { $day }.
told-on-agenda = It is on the agenda of { $day }.
told-not-on-agenda = It is not on the agenda of { $day }. The agenda says what was left out, and why.
told-similar = Others say nearly the same
told-differs = The groups differ: most of one group say one thing, most of another don’t.
told-one-group = Most of group { $group } want it, most of the others don’t ask for it, and few object.
told-unclear = More than half passed.
told-open = It is not clear where people stand on it.
told-agreed = { $who ->
    [both] Both groups clearly agree.
    [all] All groups clearly agree.
    [shown] The groups that are shown clearly agree.
   *[people] Most people clearly agree.
}
told-rejected = { $who ->
    [both] Both groups clearly disagree.
    [all] All groups clearly disagree.
    [shown] The groups that are shown clearly disagree.
   *[people] Most people clearly disagree.
}
mine-what-became = What became of it

policy-off-topic = It is not about the question
policy-duplicate = Another statement says the same
policy-unclear = It is not clear what people would be agreeing with
policy-several-ideas = It says several things at once
policy-attack = It attacks people
policy-personal-data = It names a private person or gives away private details
policy-advertising = It is an advertisement

# The map

map-heading = Where people stand
map-title = Map of opinions
map-reading = Closer means voted more alike. Left, right, up and down mean nothing, and a larger area is not more people.
map-missing = { $n ->
    [one] The map appears when one more person has voted on enough statements; so far { $placed } have.
   *[other] The map appears when { $n } more people have voted on enough statements; so far { $placed } have.
}
map-missing-template = The map appears when more people have voted on enough statements: so far {"{"}placed{"}"} have, {"{"}n{"}"} more are needed.
map-groups = { $placed } people voted on enough statements to be compared. By how they vote they form { $groups } groups.
map-groups-template = {"{"}placed{"}"} people voted on enough statements to be compared. By how they vote they form {"{"}groups{"}"} groups.
map-one-group = The people who can be compared form no separate groups.
map-too-few = Too few people can be compared to tell groups apart.
map-your-group = You stand closest to group { $group }, so far.
map-your-group-template = You stand closest to group {"{"}group{"}"}, so far.
map-you = You are here
map-reach = where you might stand
map-mark = about { $n } people who voted alike
map-mark-template = about {"{"}n{"}"} people who voted alike
map-hollow = might be in another group
map-status-clear = The groups are clear: when we draw these people again at random, much the same groups come out, and chance alone rarely gives such groups.
map-status-fragile = The groups are not clear: another sample of these people might divide differently, or chance alone makes groups as good. Take them as a sketch.
map-status-none = There are no clear groups: chance alone makes groups as good, and another sample would divide differently. So the map is shown without groups.
map-status-unknown = We are still working out whether these groups are more than chance.
map-status-earlier = This was worked out for a slightly earlier map.
map-unsure = { $n } of the { $placed } people on the map might also belong to another group: they have voted too little to be sure.
map-unsure-template = {"{"}n{"}"} of the {"{"}placed{"}"} people on the map might also belong to another group: they have voted too little to be sure.
map-settling = The map may change soon: by the newest votes, there would be { $n } groups.
map-settling-template = The map may change soon: by the newest votes, there would be {"{"}n{"}"} groups.
map-table = The map as a table
map-table-caption = People on the map, by group: { $n } in all
map-hidden-groups = Some groups are too small to show without giving away who is in them.
map-late = The newest votes are not on the map yet.
map-as-of = As of { $at }.
map-as-of-template = As of {"{"}at{"}"}.
map-note-arbitrary = The votes don’t fix the directions of this map sharply, so it may turn or change between updates.
map-note-one-dimension = The votes differ in one direction only.
map-note-identical = Everyone on the map voted alike.

# Results

results-title = Results
results-headline = { $n ->
    [one] What 1 person says
   *[other] What { $n } people say
}
lead-no-groups = By how people vote, no clear groups can be told apart so far.
lead-agreed = { $agreed ->
    [0] { $who ->
        [both] There is no statement yet on which both groups clearly say the same.
        [all] There is no statement yet on which all groups clearly say the same.
        [shown] There is no statement yet on which the groups that are shown clearly say the same.
       *[people] There is no statement yet on which people clearly agree.
    }
   *[other] { $who ->
        [both] On { $agreed } of { $all } statements both groups clearly say the same: yes to { $yes }, no to { $no }.
        [all] On { $agreed } of { $all } statements all groups clearly say the same: yes to { $yes }, no to { $no }.
        [shown] On { $agreed } of { $all } statements the groups that are shown clearly say the same: yes to { $yes }, no to { $no }.
       *[people] On { $agreed } of { $all } statements most people clearly say the same: yes to { $yes }, no to { $no }.
    }
}
lead-differ = { $n ->
    [0] No statement clearly divides them.
   *[other] { $groups ->
        [2] On { $n } they differ: most of one group say one thing, most of the other don’t.
       *[other] On { $n } they differ: most of one group say one thing, most of another don’t.
    }
}
lead-most = { $who ->
    [both] Both groups agree most surely on
    [all] All groups agree most surely on
    [shown] The groups that are shown agree most surely on
   *[people] People agree most surely on
}
lead-most-no = { $who ->
    [both] Both groups say no most surely to
    [all] All groups say no most surely to
    [shown] The groups that are shown say no most surely to
   *[people] People say no most surely to
}
lead-apart = They differ most surely on
share-agree = agree
share-disagree = disagree
share-pass = pass
percent = { $n }%
percent-template = {"{"}n{"}"}%
statement-link = Link to this statement
statement-number = No. { $number }
results-later = Not yet
figure-people = people took part
figure-votes = votes
figure-statements = statements
figure-groups = groups
figure-compared = people on the map
figure-rejected = not accepted
figure-voted-on = statements with enough votes
figure-on-agenda = { $items ->
    [one] on the agenda, in one item
   *[other] on the agenda, in { $items } items
}
bar-numbers = { $agree }% agree · { $pass }% pass · { $disagree }% disagree of { $n }
too-few-to-show = too few people to show
findings-label = The main findings
kind-yes = { $who ->
    [both] Agreed in both groups
    [all] Agreed in all { $groups } groups
    [shown] Agreed in the groups that are shown
   *[people] Most people agree
}
kind-no = { $who ->
    [both] Both groups say no
    [all] All { $groups } groups say no
    [shown] The groups that are shown say no
   *[people] Most people say no
}
kind-differ = The groups differ
agree-title = { $who ->
    [both] Where both groups agree
    [all] Where all groups agree
    [shown] Where the groups that are shown agree
   *[people] Where most people agree
}
agree-hint = { $who ->
    [people] More than half clearly say the same. First come those that we are surest of.
    [shown] A clear majority of each group that is shown says the same. First come those that we are surest of.
   *[other] A clear majority of each group says the same. First come those that we are surest of.
}
agree-counts = Yes to { $yes }, no to { $no }
agree-no = { $who ->
    [both] Both groups say no
    [all] All groups say no
    [shown] The groups that are shown say no
   *[people] Most people say no
}
agree-empty = { $who ->
    [people] Nothing yet on which people clearly agree. That can change with more votes.
   *[other] Nothing yet on which every group clearly agrees. That can change with more votes.
}
list-all = All { $n }
list-part = The first { $shown } of { $all }
differ-title = Where the groups differ
differ-hint = { $groups ->
    [2] Most of one group say one thing, most of the other do not. The surest gap comes first.
   *[other] Most of one group say one thing, most of another do not. The surest gap comes first.
}
differ-empty = There is no statement on which the groups clearly differ.
one-group-title = What one group needs
one-group-hint = { $groups ->
    [2] Most of one group agree and most of the other don’t, but few of that other group say no: fewer than a quarter.
   *[other] Most of one group agree and most of every other don’t, but few of those say no: fewer than a quarter.
}
unclear-title = What is unclear
unclear-hint = More than half passed: the wording may be unclear, or people don’t know enough yet.
map-short = The map
groups-title = { $n ->
    [2] Two groups, by how people vote
    [3] Three groups, by how people vote
    [4] Four groups, by how people vote
    [5] Five groups, by how people vote
   *[other] { $n } groups, by how people vote
}
groups-nobody = Nobody has voted on enough statements to be compared with others yet.
groups-none = There are no clear groups: the votes don’t divide those placed into crowds that hold together.
group-of = { $size ->
    [one] { $size } of the { $placed } people on the map.
   *[other] { $size } of the { $placed } people on the map.
}
group-says = { $groups ->
    [2] Where they stand out from the other group:
   *[other] Where they stand out from the other groups:
}
group-name = Group { $label }
group-heading = Group { $label }, { $size ->
    [one] { $size } person
   *[other] { $size } people
}
group-nothing-typical = Nothing sets this group clearly apart from the others.
typical-agree = { $percent }% agree
typical-disagree = { $percent }% disagree
typical-next = { $groups ->
    [2] group { $label }: { $percent }%
   *[other] next highest, group { $label }: { $percent }%
}
sort-by = Sort by
sort-number = Number
sort-agree = Most agree first
sort-disagree = Most disagree first
sort-votes = Most votes first
sort-gap = Surest gap first
statements-all = { $n ->
    [one] The one statement
   *[other] All { $n } statements
}
statements-find = Find words
statements-show = Show
statements-search = Show
statements-none = No statement matches.
statements-again = Show all statements
statements-part = Statements { $first } to { $last } of { $total }.
statements-hint = Shares of those who voted on a statement; under a group’s letter, the share of it that agrees.
show-all = All
show-yes = What people agree on: yes
show-no = What people agree on: no
show-differ = Where the groups differ
show-one-group = What one group needs
show-unclear = What is unclear
sure-title = How sure is this?
sure-who = { $n ->
    [one] Who took part was not drawn by lot, so this says what this one person thinks, not what everybody thinks.
   *[other] Who took part was not drawn by lot, so this says what these { $n } people think, not what everybody thinks.
}
sure-again = Would other people give the same groups?
sure-again-text = We drew { $resamples } new samples from the people who voted; { $again } of them gave as many groups again. We also shuffled the votes { $shuffles } times, so that only chance was left; groups as clear as these came out { $good ->
    [0] never
    [one] once
   *[other] { $good } times
}.
sure-not-on-map = Who is not on the map?
sure-not-on-map-text = { $n ->
    [0] Everybody who took part is on the map.
    [one] One person voted on too few statements to be compared with others. Where fewer than { $min } such people voted on a statement, their votes are left out of its shares.
   *[other] { $n } people voted on too few statements to be compared with others. Where fewer than { $min } of them voted on a statement, their votes are left out of its shares.
}
sure-clearly = What does “clearly” mean, and could somebody have rigged it?
sure-clearly-text = We allow for chance in who took part: even in an unlucky draw, more than half would say it. Of 20 statements on which people are really split in half, about one may pass by luck. At least 7 people of each group voted on it, or the whole of a smaller group.
sure-margin-text = To push a statement off the list, at least so many new people would have to join and vote together, as long as the others stay in their groups:
sure-least = { $who ->
    [people] Agreement, allowing for chance
   *[other] Least agreement of a group, allowing for chance
}
sure-newcomers = New people
sure-not-shown = What was not shown?
sure-not-shown-text = { $n ->
    [0] No statement was turned down.
    [one] Moderators did not accept one statement.
   *[other] Moderators did not accept { $n } statements.
} Groups and counts of fewer than { $min } people are never shown, nor anything that would give away how they voted.
sure-decisions = What moderators decided, and why
method-title = How was this worked out?
method-text = Each person’s votes are a row of a table. A method called principal component analysis finds the two directions in which people differ most; a second one, k-means, finds the groups. Both know nothing of what a statement says. While voting is open, the newest votes on a statement may not be counted yet.
method-stability-unknown = Any crowd can be cut into parts. We are still working out whether other samples of these people would fall into the same groups, and whether chance makes groups as good.
method-limits = What is typical of a group was found in the same votes as the group itself: it describes the group and proves nothing. The two directions of the map show { $explained }% of the differences between people’s votes; the rest is not in the picture.
method-silhouette = How well the groups are set apart, from −1 to 1: { $silhouette }. Crowds without any groups reach about 0.3.
method-agreement = How far the groups of new samples agree with these, where 1 is the same and 0 is chance: { $agreement }.
results-as-of = As of { $at }.
results-head = Fingerprint of all votes up to then:
check-title = Download and check
check-text = The files hold what this page shows, of every statement: counts of votes, never how one person voted.
check-licence = Anybody may use them under { $licence }, with the name of the source.
check-csv = Table (CSV)
check-json = Everything (JSON)

# After the end, and on pages that stay open

late-title = Decided after the end
late-text = { $n ->
    [one] After voting ended, a moderator decided on one more statement. The results on this page take that into account.
   *[other] After voting ended, moderators decided on { $n } more statements. The results on this page take that into account.
}
late-list = Show the list
late-accepted = accepted
late-rejected = not accepted
late-pending = waiting for a moderator again
date = Date
newer-results = There are newer results than the ones on this page.
newer-results-load = Show the newest results
closed-now = This conversation was closed while you had this page open. No more votes are taken.
not-counted-title = Not counted
not-counted-text = The conversation was closed before this could reach us:

# The agenda

agenda-title = The assembly’s agenda
agenda-published = Published by { $organiser } on { $at }, version { $version }.
agenda-published-by-nobody = Published on { $at }, version { $version }.
agenda-how = There { $places ->
    [one] was one place
   *[other] were { $places } places
}, and { $candidates ->
    [one] one statement
   *[other] { $candidates } statements
} to choose from. We counted { $voters } people: everyone on the map who agrees with at least one of these statements.
agenda-how-few = There { $places ->
    [one] was one place
   *[other] were { $places } places
}, and { $candidates ->
    [one] one statement
   *[other] { $candidates } statements
} to choose from. We counted fewer than { $min } people.
agenda-numbers-later = You will see here how people voted once you can see the results.
agenda-items-title = What is on it
agenda-made-title = How it was made
agenda-not-yet = No agenda has been published yet. Until then, look at what people agree on:
agenda-no-items = No statement has enough votes in every group to be put on an agenda yet.
agenda-version = The agenda was drafted on { $day }. It rests on the votes up to entry { $version } of the log.
why-heading = Why it is here.
why-bridging = A clear majority of every group agrees. Of everyone who voted on it, { $percent }% agree.
why-agreed = A clear majority of the people on the map agrees. Of everyone who voted on it, { $percent }% agree.
why-bridging-plain = A clear majority of every group agrees.
why-agreed-plain = A clear majority of the people on the map agrees.
why-sure = Even with bad luck in who took part, at least { $percent }% of each group would agree. In each group, at least { $n } people voted on it.
why-sure-one = Even with bad luck in who took part, at least { $percent }% of the people on the map would agree. { $n } of them voted on it.
why-chosen = The rule that shares out the places chose it. We say no more, because that could give away how a few people voted.
why-later = You will read why once you can see the results.
why-proportional = Places are shared out fairly: more people, more places. Enough people agree with this to earn a place.
why-proportional-unserved = Places are shared out fairly: more people, more places. Enough people agree with this to earn a place. For { $unserved } of them, it is the first chosen statement that they agree with.
why-completion = Some places were left over. The people behind this statement came closest to earning one.
why-completion-unserved = Some places were left over. The people behind this statement came closest to earning one. For { $unserved } of them, it is the first chosen statement that they agree with.
item-seen = { $n ->
    [one] One person voted on it.
   *[other] { $n } people voted on it.
}
item-bars = All votes
item-page = This statement’s own page
left-out-title = What is not on the agenda, and why ({ $n })
left-out-agreed = { $who ->
    [people] A clear majority agrees, but other statements were chosen
    [shown] A clear majority of each group that is shown agrees, but other statements were chosen
   *[other] A clear majority of each group agrees, but other statements were chosen
}
left-out-one-group = { $who ->
    [shown] Of the groups that are shown, only one clearly agrees, and other statements were chosen
   *[other] Only one group clearly agrees, and other statements were chosen
}
left-out-differ = The groups clearly differ on it
left-out-rejected = A moderator had turned it down before the agenda was drafted
left-out-not-accepted = No moderator had decided on it yet when the agenda was drafted
no-longer-shown = (This statement is not shown.)
left-out-meta = It says something about the person who votes, not about the question
left-out-too-few = Too few votes in at least one group
left-out-not-chosen = Other statements were chosen
left-out-removed = Taken off by the organiser
left-out-later = Came after the agenda was drafted
left-out-hint = Here we use the results as they are now. When the agenda was drafted, they may have been different.
left-out-search = Search all statements

# Moderating

moderate-title = Moderate
queue-empty = Nothing waits. New statements show here as they come in.
pages-label = Pages of this list
pages-shown = { $first }–{ $last } of { $total }
pages-before = Previous page
pages-after = Next page
many-title = Reject many at once (for example, after spam)
many-hint = Every waiting statement from the first number to the last is rejected. On the next page you can undo that in one step.
many-first = From number
many-last = To number
many-because = Why they are rejected
many-button = Reject them all
queue-many-rejected = { $n ->
    [0] None of these statements is rejected now.
    [one] { $n } statement was rejected.
   *[other] { $n } statements were rejected.
}
queue-many-none = No statement with these numbers was waiting.
queue-undo-many = { $n ->
    [one] Undo it
   *[other] Undo all { $n }
}
queue-new-template = {"{"}n{"}"} waiting: load the queue again
queue-undo = Undo
accept = Accept
reject-because = Reject, because …
reject-other = Another reason
clusters-title = Live groups
clusters-counts = People: { $people } · votes: { $votes } · statements shown: { $statements }
clusters-counts-template = People: {"{"}participants{"}"} · votes: {"{"}votes{"}"} · statements shown: {"{"}statements{"}"}
put-back = Put back

# Organising

organise-title = Organise
organise-empty = There is no conversation yet. Make the first one below.
new-conversation = A new conversation
form-slug = Its address
form-slug-hint = After “/c/”: small letters, digits and dashes, such as riverside-2026. It can’t be changed once the conversation is open.
form-question = The question
form-description = What people should know first (optional)
form-organiser = Who asks
form-promise = What will be done with the answers
form-promise-hint = Say what you promise: who will read the results, what they will help to decide, and when people will hear back. People see it on the conversation’s page.
form-policy = Reasons for rejecting a statement
form-policy-hint = Write one on each line. A moderator can choose one of these, and the author sees it. Once the conversation is open, you can change this list only with a reason.
form-results = When do participants see the results?
results-rule-after-n = After 7 votes of their own
results-rule-always = At any time
results-rule-at-close = When it is closed
form-moderation = What happens to a new statement?
moderation-rule-before = It waits until a moderator accepts it
moderation-rule-after = It is shown at once
form-listed = List it on the first page
create-button = Make it
save-button = Save
organise-counts = { $people ->
    [one] { $people } person
   *[other] { $people } people
}, { $votes ->
    [one] { $votes } vote
   *[other] { $votes } votes
}; { $shown ->
    [one] { $shown } statement
   *[other] { $shown } statements
} shown, { $pending } waiting for a moderator.
share-link = The address to share:
share-poster = Poster with a QR code
share-wall = Picture for the wall of a room
share-button = Share
share-copied = The address is copied.
poster-print = Print this page or save it as a PDF.
poster-call = Have your say
poster-how = It takes a minute, on a phone too. You need no account.
qr-label = QR code of { $address }
wall-agreed = What people agree on most surely
wall-join = Join in:
open-button = Open it for votes
open-fixes = Once it is open, you can’t change its address. You can change what you promise only with a reason that everybody reads.
policy-title = Reasons for rejecting a statement
seeds-draft-hint = Until you open the conversation, you can change, move or remove these statements.
seed-words = The statement
seed-change-label = Change statement { $number }
draft-manage-title = Change the address or delete this draft
draft-deleted = The draft was deleted.
rename-button = Change the address
delete-title = Delete this draft
delete-hint = All its text and its first statements will be deleted for good. Type { $slug } to confirm.
delete-label = The draft’s address
delete-button = Delete it
delete-not-this = Nothing was deleted: the address that you typed is not { $slug }.
close-button = Close it
seeds-title = First statements ({ $n })
seeds-empty = No first statements yet.
seeds-added = { $n ->
    [one] { $n } statement was added.
   *[other] { $n } statements were added.
}
seed-label = Add a statement
seed-meta = It is about the person (“I live here”), so keep it out of the map
seed-button = Add
seed-file = Add many from a file
seed-file-hint = An Excel or CSV file with a column named “text” or “statement”, or a plain list with one statement on each line. You see what will be added before anything is saved.
seed-file-button = Look at the file
seeds-here = { $n ->
    [one] { $n } was already here and was skipped.
   *[other] { $n } were already here and were skipped.
}
seeds-none-added = Nothing was added. { $why }
preview-title = What will be added
preview-back = Back to the conversation
preview-heading = { $all ->
    [one] { $n } of { $all } line will be added
   *[other] { $n } of { $all } lines will be added
}
preview-lead = Nothing is saved yet. Check the list below first.
preview-new = { $n ->
    [one] { $n } statement will be added.
   *[other] { $n } statements will be added.
}
preview-here = { $n ->
    [one] { $n } will be skipped: it is already here, or is in the file twice.
   *[other] { $n } will be skipped: they are already here, or are in the file twice.
}
preview-bad = { $n ->
    [one] { $n } can’t be added; the list says why. You can correct the file and send it again.
   *[other] { $n } can’t be added; the list says why. You can correct the file and send it again.
}
preview-add = { $n ->
    [one] Add { $n } statement
   *[other] Add { $n } statements
}
preview-other-file = Choose another file
preview-caption = How the file was read:
preview-caption-file = How { $name } was read:
line = Line
what-happens = What happens
fate-new = Will be added
fate-here = Already here, as No. { $number }
fate-repeats = Same as line { $line }
fate-bad = Can’t be added.
read-utf8 = a text file (UTF-8),
read-utf16 = a text file (UTF-16),
read-windows = a text file (Windows encoding),
read-workbook = an Excel workbook,
read-commas = columns separated by commas,
read-semicolons = columns separated by semicolons,
read-tabs = columns separated by tabs,
read-one-column = one column,
read-column = statements taken from the column “{ $name }”.
read-no-heading = no heading.
question-title = Which column holds the statements?
question-lead = The file has several columns, and their names don’t say clearly which one holds the statements. Please choose it.
question-columns = Choose a column (you see how each begins)
question-lines = The file has no columns: take each whole line, also the first, as one statement
question-header = The first line is a heading
question-button = Show what will be added
draft-agenda = Draft the agenda
see-agenda = See the drafted agenda
see-published-agenda = See the published agenda
agenda-method = Up to half of the places, rounded up, go to statements on which a clear majority of every group agrees. The other places are shared out fairly: more people, more places. Then you word the questions, set the times, and add, move or remove items. Every change is shown.
agenda-places = Places on the agenda
agenda-draft = Draft the agenda
agenda-draft-again = Draft it again from the votes
agenda-frozen = Published, version { $version }
agenda-none-yet = Nothing is drafted yet.
agenda-by-hand = Changed after the draft
agenda-publish = Publish this agenda
move-up = Up
move-down = Down
remove = Remove
move-up-label = Move item { $place } up
move-down-label = Move item { $place } down
remove-label = Remove item { $place }

# What went wrong

error-not-found = This page does not exist, or not any more.
error-sign-in = Please sign in first.
error-page-not-allowed = This page is for others. Ask a colleague for an invitation if you need it.
error-wrong-site = This request did not come from a page of this site, so nothing was done.
error-bad-form = We could not read what was sent. Please go back, reload the page and try again.
error-too-large = This is too large: at most 4 MB can be sent at once.
error-bad-host = This request does not name exactly one site, so nothing was done.
error-wrong-method = This address can’t be used that way. Please go back and use the page’s own buttons.
error-not-a-websocket = This address is for WebSockets. Open it with a WebSocket client, version 13.
error-too-fast = Too much came from here at once. Please try again in { $seconds } s.
error-internal = Something broke here. Please try again.
error-unavailable = The stored data can’t be reached right now. Please try again in a moment.
error-not-saved = This was not saved. Please try again in a moment.
error-unreadable = This conversation can’t be loaded right now. Please try again in a moment.
error-busy = Too much is happening at once. Please try again in a moment.
error-restarting = This conversation is being restarted. Please try again in a moment.
error-no-such-conversation = There is no such conversation.
error-bad-places = An agenda has between 1 and { $max } items.
error-needs-rule = A rejection needs one of the listed rules.
error-bad-address = “{ $text }” can’t be an address: use 1 to 64 of the characters a-z, 0-9, “.”, “_” and “-”, beginning and ending with a letter or a digit.
error-too-many-at-once = You, or others on your network, have sent many statements lately. Please send this one again in { $minutes ->
    [one] a minute
   *[other] { $minutes } minutes
}.
error-not-joined = Join first: this connection only watches.
error-hello-again = This connection has said hello already.
error-too-many-messages = Too many messages; the next one is read in { $ms } ms.
error-bad-frame-no-object = This message is no JSON object.
error-bad-frame-json = This message is no JSON; the mistake is at column { $column }.
error-bad-frame-fields = This message has an unknown or missing field, or a wrong value, at column { $column }.
error-bad-frame-skips = At most { $max } statements can be skipped.
error-not-open = This conversation is not open, so this can’t be done now.
error-unknown-statement = There is no such statement in this conversation.
error-statement-not-shown = This statement is not open for votes.
error-unknown-participant = You have not joined this conversation yet.
error-operation-reused = Something went wrong in your browser, so nothing was changed. Please try again.
error-statement-empty = Please write a statement that people can agree or disagree with.
error-statement-too-long = This has { $found } characters. Please keep it to { $max }, so that it can be read at a glance.
error-statement-exists = Statement { $number } already says the same.
error-too-many-pending = You have { $max } statements waiting for a moderator. Please wait until they are read.
error-too-many-statements = This conversation has as many statements as it can hold.
error-bad-text = { $field } must have between 1 and { $max } characters.
error-text-too-long = { $field } can have at most { $max } characters.
error-submitted-already = You have submitted this statement already.
error-others-voted = Somebody else has voted on this statement, so it stays as it is.
error-decided-already = A moderator has rejected this statement, so you can’t change it or take it back.
error-changed-meanwhile = Something has changed meanwhile. Please try again.
error-not-draft = Only a draft can be changed in this way: this conversation has been opened.
error-deleted = This conversation was deleted.
error-unknown-rule = That reason is not on this conversation’s list.
error-too-many-rules = Please list at most { $max } reasons for rejecting a statement.
error-address-taken = Another conversation already has the address “{ $slug }”.
error-not-allowed = You are not allowed to do this.
error-no-agenda = There is no drafted agenda yet.
error-agenda-item = This can’t be done. The item may have been removed meanwhile. Load the page again.
field-question = The question
field-organiser = The name of who asks
field-description = The description
field-promise = The promise
field-rule = Each reason for rejecting a statement
field-reason = The reason
field-name = The name
list-not-text = This is neither a text file nor an Excel workbook. Save it as “CSV UTF-8” or as .xlsx and send it again.
list-no-workbook = This file can’t be read as an Excel workbook. Save it as .xlsx or as “CSV UTF-8” and send it again.
list-workbook-too-large = This workbook is too large. Save the sheet with the list as “CSV UTF-8” and send that.
list-row = Line { $line }: { $what }.
list-text-after-quote = there is text after the closing quotation mark
list-open-quote = a quotation mark is opened here and never closed
list-too-long = the line is too long; is a closing quotation mark missing?
list-empty = There are no statements in this file.
list-too-many = There are more than { $max } statements in this file.
role-participant = participant
role-moderator = moderator
role-overseer = overseer
role-organiser = organiser
role-owner = owner

### Signing in, and one's own account

desk-name = Organiser’s desk
desk-all = All conversations
desk-account = Account
tabs-label = This conversation
tab-run = Run
tab-moderate = Moderate
tab-results = Results
tab-agenda = Agenda
tab-people = Team
tab-log = Log
tab-conversations = Conversations
tab-account = Account
frame-people = { $n ->
    [one] 1 person
   *[other] { $n } people
}
frame-votes = { $n ->
    [one] 1 vote
   *[other] { $n } votes
}
frame-statements = { $n ->
    [one] 1 statement shown
   *[other] { $n } statements shown
}
sign-in-title = Sign in to the organiser’s desk
sign-in-address = Your e-mail address
sign-in-password = Password
sign-in-button = Sign in
sign-in-wrong = The address or the password is not right. Please look at both again.
sign-in-kept = You were signed out meanwhile. Sign in, and you can send what you wrote: it is kept.
sign-in-ended = You were signed out meanwhile, and nothing was done. Please sign in again.
sign-in-how-long = You stay signed in on this device for up to 7 days, but are signed out after 12 hours without use. If that happens while you fill in a form, most of your text is kept if you sign in again with your password.
sign-in-lost = Lost your password or your app? Whoever runs this server can make a link that lets you in once.
here-to-vote = Here to vote?
here-to-vote-lead = You need no account for that.
here-to-vote-button = Open conversations
code-title = One more step
code-label = Code
code-hint = The six digits that your app shows now, or one of the codes that you printed.
code-button = Go on
code-wrong = This code is not right, or was used already. Please wait for the next one, and try again.
app-title = Set up your second step
app-lead = A password alone can be guessed or stolen. An app on your phone makes a new code every half minute: whoever has only your password can’t sign in.
app-scan = 1. Scan this with your app
app-qr = A QR code for your app. The same stands below as text.
app-type = Any app for one-time codes will do. No camera? Type this into the app:
app-check = 2. Type the code that it shows
app-code-label = Six digits
app-again-title = App and codes to print
app-again-hint = A code of the app that you have now, or one that you printed. Then you set up the new one.
app-again-button = Set up an app anew
app-codes-left = { $n ->
    [0] None of your printed codes is left.
    [one] One of your printed codes is left.
   *[other] { $n } of your printed codes are left.
}
recovery-title = Print these codes, and keep them safe
recovery-lead = Together with your password, each code lets you in once if you lose your phone. They are shown only now.
recovery-button = I have them: go on
kept-heading = You are signed in
kept-title = This is what you wrote
kept-lead = It was not sent yet.
kept-button = Send it now
kept-drop = Discard it
enter-title = Come in
enter-as = You are invited as: { $role }. Make an account, and this link is used up.
enter-as-known = { $name }, you are invited as: { $role }.
enter-address-fixed = The invitation names this address.
enter-address-hint = You sign in with it. Colleagues see it in the list of people and in the log.
enter-password = Choose a password
enter-password-hint = At least { $min } characters. A few words that only you would put together are best.
enter-make = Make my account
enter-have-account = You have an account already?
enter-sign-in-first = Sign in first, then open the link again.
enter-accept = Accept
enter-once = This link signs you in once, without a password.
enter-button = Come in
enter-bad = This link does not work. It was used, was taken back, has expired, or is incomplete. Ask for a new one.
address-bad = This is not an e-mail address. Please write it as name@example.org.
address-taken = There is an account with this address already. Sign in first, then open the link again.
password-too-short = This password is too short: it needs at least { $min } characters.
password-too-long = This password is too long: it may have { $max } characters.
password-too-common = Many people would guess this password. Please choose another.
password-wrong = The password that you have now is not right.
password-title = Change your password
password-now = The password that you have now
password-new = The new one
password-ends-others = All your other browsers are signed out then.
password-button = Change it
account-title = Your account
account-who = You are signed in as { $name }.
sessions-title = Where you are signed in
sessions-caption = Is one of these not yours? Sign it out, and change your password.
sessions-browser = Browser
sessions-since = Since
sessions-here = this one
sessions-end = Sign out
sessions-end-all = Sign out everywhere

### People

people-title = The team of this conversation
people-instance-title = The team of this site
people-caption = { $n ->
    [one] One role.
   *[other] { $n } roles.
}
people-address = Address
people-may = May
people-where = Where
people-seen = Last seen
people-never = not yet
people-you = you
people-leave = Give back this role
people-role-label = What { $name } may do
people-save-label = Save what { $name } may do
people-remove-label = Remove { $name }
may-overseer = Looks on
may-moderator = Moderates
may-organiser = Organises
may-owner = Owns the site
place-everywhere = all conversations
place-here = this conversation
place-department = department { $name }
place-no-department = no department
invite-title = Invite a colleague
invite-address = E-mail address
invite-hint = You can leave this empty: then anybody with the link can use it, once. With an address, only the account with that address can.
invite-role = What may they do?
invite-moderator = Moderate statements
invite-organiser = Organise: words, dates, agenda
invite-overseer = Look on only
invite-owner = Own the site: all of it
invite-where = Where?
invite-button = Make an invitation
links-title = Links that still work
links-caption = { $n ->
    [one] One link still works.
   *[other] { $n } links still work.
}
link-anybody = whoever has the link
link-shows-draft = Look at the draft
link-withdraw = Take back
invited-until = until { $day }
made-title = Here is the link
made-for = Give it to { $address }. It works once:
made-for-anybody = Hand it over to whoever it is for:
made-until = It is shown only now, and good until { $day }.
roles-title = What each role may do
roles-moderate = Moderate: decide what is shown, with a reason.
roles-organise = Organise: all of that, the words, the dates and the agenda.
roles-oversee = Look on: see everything, change nothing.
roles-nobody = No role shows how a person voted. One exception: organisers can download a person’s data, votes too, if that person gives them their code.
leave-not-here = Your role is not of this conversation alone. You can give it back on the page of your account.
last-owner = This is the last owner: nobody could run the site afterwards. Make somebody else an owner first.
owner-everywhere = An owner owns the whole site, not a department.
departments-title = Departments
departments-lead = A department is a group of conversations. Whoever has a role in it has it in all of them.
departments-empty = There is no department yet.
department-new = Name of a new department
department-add = Add it
department-rename = Rename
department-name-label = Name of the department { $name }
department-bad-name = A department needs a name of its own, of 1 to { $max } characters.
department-title = Department
department-belongs = This conversation belongs to
preview-link-button = Make a link that shows this draft
preview-link-hint = Whoever has it can look at the draft for 7 days, without an account. They can’t change anything.

### Logs

log-title = Who did what
log-instance-title = What was done on this site
log-instance-lead = Accounts, sign-ins, roles, and downloads of logs and conversations. What was done in a conversation is in its own log.
log-caption = Nothing can be removed from this list. Latest first.
log-none = Nothing was found.
log-when = When
log-who = Who
log-what = What
log-from = From
log-until = Until
log-everybody = Everybody
log-everything = Everything
log-search = Show
log-csv = Download as CSV
log-csv-hint = A file holds the latest { $max } entries. For older ones, choose dates first.
log-group-decisions = Decisions on statements
log-group-statements = First statements
log-group-rules = Words, rules, opening
log-group-results = Results and information
log-group-agenda = Agenda
log-group-sign-ins = Signing in
log-group-accounts = Accounts
log-group-roles = Roles and links
log-group-instance = Departments, pages, files
log-group-data = Personal data and deleting
log-public-link = What everybody may see of decisions on statements
log-command-line = command line
log-boule = Boule itself
log-import = an import
log-staff = staff
log-nobody = No. { $number }
log-account-made = made the account { $account }
log-password-changed = changed the password of { $account }
log-second-factor-set = set up the app of { $account }
log-recovery-code-used = used a printed code of { $account }
log-signed-in = { $account } signed in
log-sign-in-refused = refused a sign-in as { $account }
log-signed-out = { $account } signed out
log-sign-in-link-made = made a link that signs { $account } in once
log-invited = invited { $account } as { $role }, { $place }
log-invited-anybody = made an invitation as { $role }, { $place }{ $account }
log-invitation-withdrawn = took back an invitation as { $role }, { $place }{ $account }
log-granted = { $account } is { $role } now, { $place }
log-role-changed = gave { $account } another role: { $role }, { $place }
log-revoked = { $account } is no longer { $role }, { $place }
log-preview-link-made = made a link that shows the draft { $name }
log-preview-link-withdrawn = took back a link that showed the draft { $name }
log-department-made = added the department { $name }
log-department-renamed = renamed a department to { $name }
log-assigned = { $name } belongs to { $place } now
log-log-exported = downloaded a log: { $name }
log-conversation-exported = exported { $name } as files
did-accept = accepted No. { $number } “{ $text }”
did-reject = did not show No. { $number } “{ $text }”
did-because = because: { $rule }
did-put-back = put No. { $number } “{ $text }” back to wait
did-add = added No. { $number } “{ $text }”
did-reword = reworded No. { $number } “{ $text }”
did-remove = removed No. { $number }{ $text }
did-move-item = moved an item of the agenda
did-remove-item = took an item off the agenda
did-reorder = put the first statements into another order
did-create = made the conversation
did-change = changed its words or rules
did-rename = gave it another address
did-delete = deleted it
did-open = opened it for votes
did-close = closed it
did-draft = drafted the agenda from the votes
did-publish = published the agenda
did-enter = entered what somebody said or is
head-title = Fingerprint of this log
head-claim = Write it down somewhere outside this site. If anybody later changes what this log says up to here, even with access to the database, comparing the two shows it.
head-line = { $seq ->
    [one] After 1 event:
   *[other] After { $seq } events:
}
heads-button = Download the fingerprints of all logs
moderation-log-title = Decisions of the moderators
moderation-log-lead = Here is what moderators showed, did not show, joined, sorted, left out or counted again. A reason stands beside it where there is one. Words that are not shown are not repeated here.
moderation-log-empty = Nothing was decided yet.
moderation-log-caption = The latest first.
moderation-log-decision = Decision
moderation-log-by = Decided by
moderation-log-day = Day
moderation-log-number = No. { $number }
moderation-log-accepted = shown
moderation-log-rejected = not shown
moderation-log-back = waits again

### Days

date-day = { $day } { $month } { $year }
date-moment = { $day }, { $time }
month-1 = January
month-2 = February
month-3 = March
month-4 = April
month-5 = May
month-6 = June
month-7 = July
month-8 = August
month-9 = September
month-10 = October
month-11 = November
month-12 = December

### What is promised

tab-prepare = Prepare
prepare-title = Words, promise and rules
prepare-lead = Until it is open you can change everything. What stands here when it opens is what people are promised.
prepare-lead-open = This is what people were promised. You can change it with a reason: everybody reads the reason.
prepare-words = What is asked
prepare-promise = What is promised
prepare-rules = Rules and dates
form-slug-choose = Choose its address yourself
form-slug-needed = Please choose an address.
form-description-hint = Addresses of web pages become links.
form-minutes = How many minutes does it take?
form-languages-hint = Their short names, such as: en, de
form-reason = Why do you change it?
form-reason-hint = Everybody who takes part reads this.
form-opens-at = Opens by itself on
form-opens-hint = May stay empty: then you open it with a button.
form-closes-at = Closes by itself on
form-closes-hint = Pages that are open then are told.
form-after-n = Own votes before results are shown
form-max-characters = Longest statement, in characters (80 to 400)
form-privacy-min = Smallest group whose votes are shown
form-privacy-min-hint = At least 5: fewer people could be recognised.
terms-decides = Who decides
terms-influence = How much your answers count
terms-in-scope = What it is about
terms-out-of-scope = What it is not about
terms-closes = Open until
terms-minutes = How long it takes
terms-minutes-n = { $n ->
    [one] about one minute
   *[other] about { $n } minutes
}
terms-languages = Languages
terms-results = When you see results
terms-statement = How long a statement may be
terms-statement-n = { $n } characters
terms-privacy = How your votes are kept private
terms-privacy-n = Votes of fewer than { $n } people are never shown as a group of their own.
influence-inform = You are told what is decided.
influence-consult = You are heard before it is decided.
influence-involve = You are told how what you said went into the decision.
influence-collaborate = The decision is worked out together with you.
influence-empower = What you decide will be carried out.
promise-decides = { $who } decides.
promise-open-until = Open until { $day }.
promise-opens = It opens on { $day }.
promise-results-always = At any time.
promise-results-after = { $n ->
    [one] After your first vote, and when it is closed.
   *[other] After { $n } votes of your own, and when it is closed.
}
promise-results-at-close = When it is closed.
promise-changes = What was changed since it opened
steps-title = What happens with the results, by when
steps-lead = People see this list. On each day they expect an answer from you: past its day without one, the page says so.
steps-empty = No date is promised yet.
step-due = By which day?
step-what = What will have happened?
step-what-hint = For example: The council answers the ten statements that most people agree on.
step-add = Add this date
step-change-label = Change: { $what }
step-remove-hint = Empty it to take it off the list.
step-bad-day = Please choose a day.
step-answered = Answered on { $day }
step-late = Not answered yet. It was due on { $day }.
step-answer = Answer
step-answer-label = What became of it?
step-answer-button = Post the answer
dates-title = Dates
dates-opens = Opens by itself: { $day }
dates-closes = Closes by itself: { $day }
checklist-title = Set-up: { $done } of { $all }
check-todo = open
check-label = Change: { $what }
check-question = Question and who asks
check-promise = Who decides, and how much answers count
check-steps = What happens with the results, by when
check-policy = Reasons for not showing a statement
check-closes = The day on which it closes
check-seeds = Ten first statements or more
check-colleagues = A colleague invited
copy-label = Copy it as a template, to the address
copy-hint = The copy is a draft with the same words, rules and first statements. Its dates are still to be set.
copy-button = Copy it
archive-hint = Puts it at the end of your list and takes it off the first page. Its address goes on working.
archive-button = Put it away
archived-hint = This conversation was put away.
unarchive-button = Put it back
state-archived = put away
did-answer = said what became of a promise
log-archived = put { $name } away
log-unarchived = put { $name } back
error-reason-needed = Please say why you change it: everybody who takes part reads the reason.
error-unknown-step = Nothing like that was promised.
error-too-many-steps = A promise has at most { $max } dates.
field-answer = The answer

nav-sign-in = Staff sign in
recovers-note = You came in with a one-time link or a printed code. For half an hour you can choose a new password and set up a new app here, without the old ones. A one-time link also parts your account from services that signed you in: join them again below if you want to.
own-roles-title = What you may do
own-roles-none = You hold no role any more. Ask a colleague for an invitation.
own-roles-caption = You can give each of these back.
enter-not-yours = This invitation is for another address than the one you are signed in with.
enter-holds-another = You already have the role “{ $role }” there. If you accept, you would lose what it lets you do. Ask whoever runs it to change your role.
log-invitation-accepted = { $account } accepted an invitation as { $role }, { $place }

# Forgetting

own-data-title = Your data
own-data-hint = You can download everything that you have said here. You can also erase your statements, and the link between this browser and your votes.
own-data-button = Download my data
erase-link = Erase my data …
erase-title = Erase my data
erase-what = In this conversation you have { $votes ->
    [one] { $votes } vote
   *[other] { $votes } votes
} and { $statements ->
    [one] { $statements } statement
   *[other] { $statements } statements
}.
erase-goes = What goes
erase-goes-words = Your statements disappear, unless somebody else wrote the same.
erase-goes-link = The link between this browser and your votes disappears. You can’t see or change your votes any more.
erase-goes-votes = Your votes no longer count.
erase-stays = What stays
erase-stays-counted = Your votes stay in the log under a number, and still count. The log does not say whose they were.
erase-stays-uncounted = Your votes stay in the log under a number, but no longer count. The log does not say whose they were.
erase-for-good = This can’t be undone.
erase-button = Erase it for good
erase-not = Leave it as it is
erase-nothing = There is nothing of yours here: this browser has not voted or written anything in this conversation.
erased-done = Your data are erased.
erased-stays = Only your votes stay, under a number. The log does not say whose they were.
request-title = Or let the organiser do it
request-code-hint = If you want the organiser to do it for you, give them this code. Whoever has it can get your data, votes too, and can have your data erased: give it to nobody else.
requests-title = Requests about personal data
requests-intro = Everybody can download or erase their own data on the page “My votes”. Some will ask you instead. Ask them for the code that their page “Erase my data” shows: nobody can be found by name.
request-code = Their code
request-code-where = It is on their page “Erase my data”. It looks like 3f2-a90-77b-c1d-e04.
request-why = Why you erase it. This stays in the log: write no name.
request-data-button = Download their data
request-erase-button = Erase their data for good
request-erases-counted = Erasing deletes their statements, unless somebody else sent the same words. Nobody can look up their votes any more. The votes stay in the log under a number, and still count. This can’t be undone.
request-erases-uncounted = Erasing deletes their statements, unless somebody else sent the same words. Nobody can look up their votes any more. The votes stay in the log under a number, but no longer count. This can’t be undone.
request-erased = The data are erased.
request-unknown-code = Nobody here has this code. It may be mistyped, it may belong to another conversation, or their data are erased already.
form-forgets-at = Day on which Boule forgets who cast which votes
form-forgets-hint = On this day Boule forgets which browser cast which votes, and deletes all statements that are not shown. If people can still vote then, the conversation closes. This can’t be undone.
form-erases-votes = When people erase their data, their votes no longer count (without this tick, they still count)
check-forgets = The day on which Boule forgets who cast which votes
terms-forgets = What we forget, and when
terms-forgets-on = On { $day } we delete the links between browsers and votes, and all statements that are not shown then. Shown statements and results stay. After that day nobody can find your votes or statements for you any more.
terms-forgets-never = No day is set on which the links between browsers and votes are deleted.
terms-erases-votes = You can erase your data yourself: your votes then no longer count.
terms-keeps-votes = You can erase your data yourself: your votes still count, and nothing in the log says whose they were.
deletion-title = Delete this conversation
deletion-hint = In 14 days Boule deletes all links to people and everything that was never published. What had been published stays for everybody to read: the question, what you promised, the main results, and the statements that are shown. Votes under numbers stay in the log too. Until then you can call it off; opening the conversation calls it off too.
deletion-label = Type { $slug } to confirm
deletion-button = Delete it in 14 days
deletion-planned = This conversation will be deleted on { $day }.
deletion-keep = Keep it after all
kept-note = This conversation was deleted on { $day }. Its main results stay here.
kept-counts = { $people ->
    [one] { $people } person
   *[other] { $people } people
} cast { $votes ->
    [one] { $votes } vote
   *[other] { $votes } votes
}.
kept-agree = What people said yes to together
kept-disagree = What people disagreed with together
kept-unanswered = Not answered.
kept-changed = Changed on { $day }: { $reason }
kept-statements = All statements
kept-caption = { $n ->
    [one] { $n } statement and its votes
   *[other] { $n } statements and their votes
}
kept-head = Computed from the votes. To check it, compare the fingerprint of the log (entry { $version }):
did-erase = erased a person’s data at their request
did-destroy-links = made Boule forget who cast which votes, as promised
did-plan-deletion = planned to delete it on { $day }
did-keep-after-all = called its deletion off
log-erased-themselves = erased the data of somebody in { $name } who asked for it on their own page
log-person-erased = erased the data of somebody who took part in { $name }
log-links-destroyed = made Boule forget who cast which votes in { $name }
log-deletion-planned = planned to delete { $name }
log-deletion-called-off = called off the deletion of { $name }
log-conversation-deleted = deleted { $name }
log-personal-data-sent = downloaded the data of somebody who takes part in { $name }
error-still-open = This conversation is still open. Close it first.
error-links-destroyed = Boule has forgotten who cast which votes, as promised, so it can’t be opened again. Copy it as a template instead.

# Pages about the site

footer-label = About this site
page-privacy = Privacy
page-accessibility = Accessibility
page-imprint = Imprint
page-processing = What data we process
page-has-gaps = This page still has gaps, in square brackets, that whoever runs this site has to fill in.
page-gap-site = the address of this site
page-gap-contact = how to reach whoever runs this site
page-bad = Please write something, at most 100,000 characters. Nothing was changed.
tab-pages = Site pages
pages-title = Pages about the site
pages-lead = The law asks for most of these pages. Boule comes with a text for each. Fill in what is in square brackets, and change what is different where you are. No lawyer has checked these texts. Everybody can read all of them, the record too: write nothing in it that would help an attacker.
pages-caption = The pages in the footer
pages-page = Page
pages-language = Language
pages-gaps = has gaps
pages-filled = no gaps
pages-own = your text
pages-template = Boule’s text
pages-look = See the page as everybody sees it
pages-text = Text
pages-text-hint = “# Title” makes the title, “## Heading” begins a section, lines with “- ” make a list, an empty line separates paragraphs.
pages-reset = Delete this text and use Boule’s
log-page-changed = changed the page “{ $name }” ({ $language })

# Mail

made-mailed = The invitation is on its way by e-mail.
mail-end = This mail comes from { $site }.
mail-invitation-subject = Invitation to help run public conversations
mail-invitation = You are invited to work with us, as: { $role }. Open this link to accept:

    { $url }

    It works once, until { $day }. Whoever has it can use it: pass it on to nobody. If you did not expect this mail, you need not do anything.
mail-password-subject = Your password was changed
mail-password = The password of your account was changed just now. Your other browsers were signed out. If it was not you, tell whoever runs the site at once.
mail-app-subject = Your code app was set up
mail-app = An app that makes codes for your account was set up just now. If it was not you, tell whoever runs the site at once.
mail-waiting-subject = Statements are waiting for a moderator
mail-waiting = { $n ->
    [one] One statement has
   *[other] { $n } statements have
} waited longer than people were promised ({ $hours ->
    [one] one hour
   *[other] { $hours } hours
}), in:

    { $question }

    { $url }
mail-closing-subject = A conversation closes soon
mail-closing = This conversation closes on { $day }:

    { $question }

    { $url }
mail-heads-subject = Fingerprints of all logs
mail-heads = Keep this mail where nobody who runs { $site } can change it. Each line below stands for one log: its name, its last entry, and that entry’s fingerprint. Copy these lines into a file: “boule check --heads FILE” then finds any later change to what came before.

    { $heads }
form-moderated-within = Moderators decide within this many hours
form-moderated-hint = Everybody can read this promise. If statements wait longer, moderators get a mail, where this site sends any. Leave it empty to promise nothing.
terms-moderated = How soon a moderator decides
terms-moderated-n = { $n ->
    [one] Within an hour
   *[other] Within { $n } hours
}
log-backed-up = copied everything to a backup
log-restored = restored a backup. What was done between the backup and this line is missing.

# Signing in by a provider

sign-in-with = Sign in with { $name }
enter-with = Use { $name } instead of a password
sign-in-go-on = Go on to { $name }
sign-in-provider-down = { $name } can’t be reached right now. Try again later, or sign in with your password, if you have one.
sign-in-provider-failed = That sign-in did not work, or it took too long. Please try again.
sign-in-provider-no-address = { $name } has not confirmed your e-mail address, so no account was made. Open the invitation again and choose a password, or ask those who run { $name }.
sign-in-provider-unknown = No account here is joined with your sign-in at { $name }. If you have an account, sign in with your password and join it on the page “Your account”. If you have none, you need an invitation first.
log-provider-linked = { $account } can sign in with the provider from now on
log-provider-unlinked = { $account } can no longer sign in with the provider
provider-title = Sign in with { $name }
provider-about = Join your account with { $name }. You can then sign in there, without your password and code for this site.
provider-joined = { $name } signs you in here.
provider-join-button = Join with { $name }
provider-part-hint = After that you sign in with your password and a code. Your other browsers are signed out.
provider-part-button = Part from { $name }
provider-part-password = Choose a password first. Without one, you could not sign in any more.
provider-other-address = Your account was not joined. { $name } did not confirm the e-mail address of this account. Perhaps somebody else was signed in there in this browser.
provider-not-joined = Your account was not joined. Either this sign-in at { $name } belongs to another account here, or your account is joined with another sign-in there.
sign-in-again = You signed in more than half an hour ago. Sign out, sign in again, and then do this. If you came in by a link, ask for a new link first.
account-too-long-ago = You can choose your first password, or set up your first app, only within half an hour of signing in. Sign out and sign in again to do so. If you came in by a link, ask for a new link first.
mail-provider-joined-subject = Your account has one more way to sign in
mail-provider-joined = Your account was joined with { $name } just now. Whoever was signed in there at that moment can use your account from now on. Was it not you? Then part your account from { $name } on the page “Your account”, and tell whoever runs the site at once.
mail-provider-parted-subject = A way to sign in to your account was removed
mail-provider-parted = Your account was parted from { $name } just now. Your other browsers were signed out. If it was not you, tell whoever runs the site at once.
requests-not-yours = Only organisers can do this. Pass the request on to them.
deletion-why = Why (your colleagues can read it in the log)
pages-not-yours = Only owners can change it.
or = Or
erase-download-first = Download my data first
request-erase-title = Erase their data
data-title = Data and deletion
sign-in-kept-elsewhere = What you wrote is kept only if you sign in with your password. To sign in another way, do so in another tab, come back here and reload this page.
erase-again = If you vote here again later, you count as somebody new.
kept-erase = Take it out
kept-erase-label = Take statement { $number } out of what is kept
log-kept-erased = took a statement out of what is kept of { $name }

## What matters, what is published, what moderators decide while one votes

important-to-me = This is important to me
mine-important = Important to you
important-title = What matters to many
important-hint = People could mark what is important to them. At least 2 in 10 of those who voted on each of these statements marked it. A statement is left out where very few people marked it, or very few did not.
important-share = marked by at least { $percent }% of those who voted on it
form-important = People can mark what is important to them. What many marked is shown after voting has ended.
list-mode = See all statements as a list
list-title = All statements
list-voted = You have voted on { $voted } of { $all ->
    [one] { $all } statement
   *[other] { $all } statements
}.
list-one-by-one = One at a time
information-title = Read this first ({ $minutes ->
    [one] { $minutes } minute
   *[other] { $minutes } minutes
})
information-version = Version { $version }, written on { $day }
information-heading = Information for people to read before they vote
information-label = Facts, in plain words
information-hint = It stands above the first statement. Each change makes a new version, and each vote notes which version could be read.
decided-taken-down = A moderator has taken this statement down.
decided-own-accepted = Your statement was accepted. Others now vote on it.
decided-own-rejected = A moderator has decided not to show your statement. “My votes” says why.
decided-own-pending = A moderator is looking at your statement again.
the-organiser = the organiser
headline-by = Headline by { $organiser }, { $day }. The numbers below are computed from the votes.
headline-label = Your own headline above the results
headline-hint = At most 140 characters. It is marked as yours.
agenda-publish-title = Publish the agenda as version { $version }?
snapshot-title = Results as of { $day }
snapshot-note = This page keeps the results as they stood on that day. Only statements that are no longer shown are left out.
snapshot-now = See the results now
snapshot-hint = Keep the results as they stand now, under an address that stays.
snapshot-button = Keep today’s results
timeline-title = What happened when
timeline-opened = Voting opened
timeline-closed = Voting ended
timeline-changed = The rules were changed
timeline-snapshot = Results were kept
timeline-agenda = The agenda was published
timeline-answer = The organiser answered
timeline-rows = Votes were released
check-rows = Votes as rows (CSV)
check-rows-text = On { $day } the votes of { $n ->
    [one] { $n } person
   *[other] { $n } people
} were released: one line a person, in no order, without names, times or authors.
check-rows-same = With the free program Boule, anybody can compute the map of that day from it: boule analyse --rows FILE.
check-rows-warning = Somebody who knows some of a person’s votes may recognise that person’s line. Small numbers are not hidden in this file. Its fingerprint (SHA-256):
check-rows-promised = After voting has ended, the organiser may publish votes as a file: one line for each person on the map, without names or times. Somebody who knows some of a person’s votes may recognise that person’s line.
terms-releases-rows = After voting has ended, the organiser may publish votes as a file: one line for each person on the map, without names or times. Somebody who knows some of your votes may recognise your line.
form-releases-rows = After voting has ended, votes may be released: one line for each person on the map, without names. This counts only if you tick it before the conversation first opens, and leave it ticked.
rows-link = Release votes as rows …
rows-released = Votes were released as rows on { $day }.
rows-title = Release votes as rows
rows-what = The file has { $n ->
    [one] one line
   *[other] { $n } lines
}: one for each person on the map, with their votes on the statements that are shown. Names, times and authors are not in it. The lines are in a random order.
rows-found-title = How easily people can be recognised
rows-unique = Lines that no other line equals: { $unique } of { $n }.
rows-found = Say somebody knows { $known } of a person’s votes. Then only one line fits, for about { $percent }% of people with that many votes.
rows-found-text = Whoever finds a line knows all votes on it. Small numbers are no longer hidden once the file is out.
rows-authors = Whoever writes a statement agrees with it. So a line can show who wrote a statement on which few people voted.
rows-for-good = This can’t be taken back, and it happens once.
rows-button = Release the votes for good
field-headline = The headline
field-information = The information
error-too-many-snapshots = You have kept results { $max } times. No more can be kept.
error-rows-released = The votes were released already. That happens once.
error-rows-not-promised = People were not told before they voted that the votes would be released. So the votes stay here.
did-headline = wrote the headline above the results
did-information = wrote what people should read before they vote
did-keep-results = kept the results as they stood
did-release-rows = released votes as rows

## One mail, and frames of other sites

follow-title = Get one mail
follow-text = We write to you once. Then we delete your address.
follow-link = Get one mail when there is something new
follow-decision-link = Get a mail about the decision
follow-when = When do you want it?
follow-results = When voting has ended
follow-answers = When an agenda or an answer is there
follow-decision = When a moderator has decided on your statement
follow-address = Your e-mail address
follow-hint = We first send you a link to confirm it. Your votes are not linked to the address.
follow-hint-decision = We first send you a link to confirm it. Until the mail is sent, we keep your address together with your statement. Then we delete it.
follow-button = Send me the link
follow-bad-address = This is not an e-mail address.
follow-asked = If we can write to this address, a mail with a link is on its way. Open the link within two days.
follow-back = Back to the question
follow-confirm = Yes, write to me
follow-confirmed = Good: we will write to you once.
follow-stop = No mail, please: delete my address
follow-stopped = Your address is deleted. No mail will come.
follow-gone = This link no longer works: the mail was sent, or the address was deleted.
mail-follow-asked-subject = Do you want one mail from us?
mail-follow-asked =
    Somebody typed in this address to get one mail about “{ $question }”. If that was you, open this page and press the button:
    { $url }

    { $what }, we will write to you once. On the same page you can say no.

    If it was not, do nothing. The address is deleted after two days.
mail-follow-subject = There is something new
mail-follow-results =
    Voting on “{ $question }” has ended. Here are the results:
    { $url }

    You asked for this mail. It is the only one: your address is deleted.
mail-follow-answers =
    There is an agenda or an answer about “{ $question }”:
    { $url }

    You asked for this mail. It is the only one: your address is deleted.
mail-follow-decision =
    A moderator has decided on your statement about “{ $question }”. Open this page in the browser in which you wrote it:
    { $url }

    You asked for this mail. It is the only one: your address is deleted.
embed-no-mine = Votes in this frame count like all others. The page “My votes” does not show them, and you can’t erase them yourself.
embed-open-alone = Open in a new tab
embed-expired = This page was open for more than a day, so your vote was not saved. Please vote again.
embed-title = Show it on another site
embed-hint = Put this into a page of a site that is allowed here. Whoever runs this server decides which sites are.
embed-none = No other site may show this in a frame. Whoever runs this server can allow sites (setting embed_sites).

# Making an agenda

agenda-unpublished = Agenda, not published yet
agenda-changed-since = Agenda, changed since it was published
agenda-save = Save
undo = Undo
redo = Redo
agenda-last-change = Last change ({ $when }, { $who }): { $what }
agenda-minutes = { $used ->
    [one] one minute
   *[other] { $used } minutes
} in all
agenda-minutes-of = { $used } of { $all } minutes used
agenda-items = { $n ->
    [one] one item
   *[other] { $n } items
}
agenda-over = { $n ->
    [one] The items take one minute more than the meeting has.
   *[other] The items take { $n } minutes more than the meeting has.
}
session-minutes = Length of the meeting in minutes
session-starts = Start of the meeting
session-begins = { $minutes ->
    [0] The meeting begins on { $when }.
    [one] The meeting begins on { $when }. Its items take one minute.
   *[other] The meeting begins on { $when }. Its items take { $minutes } minutes.
}
agenda-publish-ask = Publish …
agenda-preview = Preview
agenda-preview-title = The agenda as everybody will read it
agenda-preview-note = The public does not see this page.
agenda-back = Back to the agenda
agenda-empty = Nothing is on the agenda. Add statements from the list, or an item of your own.
agenda-add = Add
agenda-add-label = Add: { $text }
coverage-title = Is there something in it for everybody?
coverage-later = This is still being worked out. Load the page again in a moment.
coverage-group = Group { $group }: at least { $percent }% agree with something on the agenda
coverage-everybody = At least { $percent }% of the people on the map agree with something on the agenda
coverage-likely = Not everybody saw every statement. We assume that people think like most of their group about those they did not see. Then at least { $percent }% of all agree with an item
coverage-nothing = At least { $n } people have agreed with nothing on this agenda
coverage-holds-in-full = Take any people who agree with the same statement that is not on this agenda. At least one of them agrees with as many items here as a group of that size earns
coverage-holds = { $n } people are enough for one item. Wherever so many agree with the same statement, at least one of them agrees with an item here
coverage-holds-cast = Counting only the votes that were cast: { $n } people are enough for one item. Wherever so many agree with the same statement, at least one of them agrees with an item here
coverage-left-out = { $group ->
    [none] At least { $n } people agree with no item here. All of them agree with this statement:
   *[other] At least { $n } people, most of them in group { $group }, agree with no item here. All of them agree with this statement:
}
coverage-left-out-likely = { $group ->
    [none] Not everybody saw every statement. We assume that people think like most of their group about those they did not see. Then at least { $n } people agree with no item here. All of them agree with this statement:
   *[other] Not everybody saw every statement. We assume that people think like most of their group about those they did not see. Then at least { $n } people, most of them in group { $group }, agree with no item here. All of them agree with this statement:
}
coverage-wanting = { $group ->
    [none] At least { $n } people agree with the statement below. None of them agrees with more than { $have } of the items here. They are enough people for one more:
   *[other] At least { $n } people, most of them in group { $group }, agree with the statement below. None of them agrees with more than { $have } of the items here. They are enough people for one more:
}
coverage-wanting-likely = { $group ->
    [none] Not everybody saw every statement. We assume that people think like most of their group about those they did not see. Then at least { $n } people agree with the statement below. None of them agrees with more than { $have } of the items here. They are enough people for one more:
   *[other] Not everybody saw every statement. We assume that people think like most of their group about those they did not see. Then at least { $n } people, most of them in group { $group }, agree with the statement below. None of them agrees with more than { $have } of the items here. They are enough people for one more:
}
coverage-wanted = Some people agree with no item here. What do they agree with?
coverage-wanted-by = At least { $n } of them agree with it.
item-question = The question for the meeting
question-suggested = What should follow from “{ $statement }”?
question-suggested-long = What should follow from this statement?
question-take = Begin with the suggestion
item-minutes = Minutes
item-goal = Goal
goal-decide = Decide
goal-deliberate = Discuss
goal-inform = Inform
item-takes = { $n ->
    [one] one minute
   *[other] { $n } minutes
}
item-origin = This item does not come from the votes. Its source: { $origin }
item-others = { $n ->
    [one] One more statement belongs to this item
   *[other] { $n } more statements belong to this item
}
item-more = { $n ->
    [0] To read, notes, join, split, remove
    [one] To read (1), notes, join, split, remove
   *[other] To read ({ $n }), notes, join, split, remove
}
evidence-title = To read before the meeting
evidence-hint = Everybody sees this list, and who each text is from. Include both sides.
evidence-what = Title
evidence-by = Who says it
evidence-link = Link
item-notes = Notes for the person who leads the discussion
item-notes-hint = The public does not see them.
split-title = These statements are one item. Tick those that mean something else.
split-do = Make the ticked ones an item of their own
join-title = Join this item to another
join-do = Join
remove-reason = Reason for removing it (everybody can read it)
agenda-conflict = A colleague changed this while you were writing. What you typed is not saved yet. Keep theirs, or save yours.
conflict-theirs = Your colleague’s wording, saved
conflict-yours = Yours, not saved yet
conflict-keep-theirs = Keep your colleague’s
conflict-keep-yours = Save what is in the field
own-title = Add items that are not from the votes
own-origin = Where they come from
own-origin-hint = Everybody can read this. For example: “The council, 3 May”.
own-do = Add to the agenda
agenda-draft-again-hint = Items that are chosen again keep their question, time and notes. Items that you added stay at the end. The others go; undo brings them back.
agenda-changes = Changes
agenda-changes-hint = The published page shows what was added, moved, worded, joined, split and removed, without your names.
agenda-comments = Among colleagues
comment-text = Message to everybody who works on this agenda
comment-item = About
comment-whole = the whole agenda
comment-do = Send
pool-title = Not on the agenda ({ $n })
changed-drafted = The agenda was drafted from the votes.
changed-added = The organiser added “{ $item }”.
changed-added-own = The organiser added “{ $item }”. Its source: { $origin }
changed-moved = The organiser moved “{ $item }” from place { $from } to place { $to }.
changed-removed = The organiser took off “{ $item }”.
changed-removed-because = The organiser took off “{ $item }”. The reason: { $reason }
changed-joined = The organiser joined “{ $item }” to another item.
changed-split = The organiser split “{ $item }” into two items.
changed-question = The organiser turned “{ $item }” into the question “{ $question }”
changed-question-hidden = The organiser changed the question of “{ $item }”.
changed-no-question = The organiser took the question “{ $item }” away again.
changed-plan = The organiser set the goal and the time of “{ $item }”: { $goal }, { $minutes ->
    [0] no time
    [one] one minute
   *[other] { $minutes } minutes
}.
changed-background = The organiser changed the reading or the notes for “{ $item }”.
changed-session = The organiser set the length or the start of the meeting.
why-by-hand = The organiser added it. The votes alone did not put it here.
agenda-older = This is an older version.
agenda-latest = See the latest version
agenda-versions = Other versions:
agenda-version-of = version { $version }, { $day }
publish-items = { $n ->
    [one] One item
   *[other] { $n } items
}, { $minutes ->
    [one] one minute
   *[other] { $minutes } minutes
} in all.
publish-public-title = What everybody will see
publish-public-items = the items, their questions, goals and times, and what there is to read
publish-public-why = how each statement came onto the agenda, and how people voted on it. No names are shown.
publish-public-changes = { $n ->
    [0] no list of changes: nothing was added, moved, worded or removed by hand
    [one] the change that was made by hand, and the reason if you gave one
   *[other] the { $n } changes that were made by hand, and the reasons that you gave
}
publish-public-left-out = what was left out, and why
publish-hidden-title = What stays inside the team
publish-hidden-notes = the notes and what you said among colleagues
publish-hidden-names = who of you changed what
publish-hidden-votes = until voting closes: how people voted, and the reasons that rest on it. This conversation was set up that way.
publish-missing-title = Before you publish
publish-without-question = { $n ->
    [one] One item has no question. Its statement will be its heading.
   *[other] { $n } items have no question. Their statements will be their headings.
}
publish-without-time = { $n ->
    [one] For one item, no time is set.
   *[other] For { $n } items, no time is set.
}
did-add-item = added an item to the agenda
did-join-items = joined two items of the agenda
did-split-item = split an item of the agenda
did-word-item = worded the question of an item
did-plan-item = set a goal or a time of the agenda
did-background = changed what there is to read, or the notes, for an item
did-undo = undid a change of the agenda
did-redo = redid a change of the agenda
did-comment = said something about the agenda to colleagues
error-on-agenda-already = This statement is on the agenda already.
error-too-many-items = There are { $max } already. No more can be added.
error-bad-link = A link begins with https:// or http:// and has no spaces.
error-too-many-minutes = Please give a time of at most { $max } minutes.
error-nothing-to-undo = There is nothing to undo or redo here.
error-agenda-published = Nothing has changed since this agenda was published.
field-origin = The field “Where they come from”
field-evidence = What there is to read
field-notes = The notes
field-comment = The comment

# Making an agenda

session-share = Share the time out evenly

# Making an agenda

file-calendar = Calendar
file-word = Word

# Making an agenda

figure-proposed = proposed by the votes

# Making an agenda

why-alike = Its words and the votes on it are nearly the same as those of another statement. We counted them as one.
alike-ask = These statements seem to say nearly the same as the one above: in words, and in how people voted. The draft counts them as one. Do they belong together?
alike-with = These belong to it:
alike-confirm = They belong together
alike-split = No: tick what means something else
publish-unconfirmed = { $n ->
    [one] In one item, nobody has said yet that its statements belong together.
   *[other] In { $n } items, nobody has said yet that their statements belong together.
}
changed-confirmed = The organiser said that the statements of “{ $item }” belong together.
did-confirm-item = said that the statements of an item belong together

# Making an agenda

why-together = Other statements say nearly the same. We counted them together with this one.
coverage-few = Some people agree with fewer items here than a group of that size earns
agenda-not-sent = No answer came. What you typed is still here. Try again, or load the page to see what was saved.

# The agenda: what comes by itself, what changed between versions, how firmly items stand.
own-questions = Questions, one on each line
own-questions-hint = You can paste a list. You can also paste two columns from a spreadsheet: the questions and their minutes.
changed-added-list = { $n ->
    [one] The organiser added one item. Its source: { $origin }
   *[other] The organiser added { $n } items. Their source: { $origin }
}
changed-threshold = “{ $item }” was added automatically, because enough people agreed with it.
why-threshold = At least { $needed } people agreed with it. The organiser had set a rule that this is enough.
why-firm = { $tenths ->
    [0] We tested this by lot. From the people we counted, we drew just as many again and again. In each draw, some people came up more than once, and others not at all. This statement was chosen again in fewer than 1 of every 10 draws.
    [10] We tested this by lot. From the people we counted, we drew just as many again and again. In each draw, some people came up more than once, and others not at all. This statement was chosen again in every draw.
   *[other] We tested this by lot. From the people we counted, we drew just as many again and again. In each draw, some people came up more than once, and others not at all. This statement was chosen again in at least { $tenths } of every 10 draws.
}
why-newcomers = { $n ->
    [one] One new person could be enough to end the clear majority.
   *[other] At least { $n } new people would have to join and vote together to end the clear majority. This holds as long as the others stay in their groups.
}
coverage-hint = We checked this when the agenda was published. Where it says “at least” and a number follows, we rounded that number down.
rule-freeze = { $places ->
    [one] On { $day }, one item at most is chosen from the votes. Later votes do not change the choice. The organiser can still change the agenda, and everybody sees the changes.
   *[other] On { $day }, up to { $places } items are chosen from the votes. Later votes do not change the choice. The organiser can still change the agenda, and everybody sees the changes.
}
rule-frozen = The items from the votes were chosen on { $day }. Later votes did not change the choice.
rule-threshold = A statement is put on the agenda automatically once { $needed } people agree with it. That is at least { $share }% of { $base } ({ $of }). This happens only once for each statement. Statements about the people who vote are not added.
rules-title = What is added to the agenda automatically
rules-hint = Everybody can read these rules. Everybody can also read what was added because of them.
rules-freeze = Choose items from the votes on a set date
rules-freeze-hint = On this date, the items are chosen from the votes. Then no new draft can be made until you change this rule. You can still change the agenda by hand.
rules-freeze-at = Date and time
rules-threshold = Add statements that enough people agree with
rules-threshold-hint = Which people is this about, and how many are they? What share of them must agree? For example: 1% of the 40,000 people who live here. Each statement is added this way only once. If you take it off, it is not added this way again.
rules-share = Share in percent
rules-base = How many people there are
rules-of = Who they are
rules-save = Save these rules
version-changes = What is different from version { $version }
version-same = The items, their order and their times are the same.
version-new = New: “{ $item }”
version-gone = No longer on it: “{ $item }”
version-plan = New goal or time: “{ $item }” ({ $plan })
version-reading = What there is to read has changed: “{ $item }”
version-order = The items are in another order.
version-session = The meeting begins at another time, or is longer or shorter.
version-reworded = Worded differently:
version-before = Before
version-now = Now
did-set-agenda-rules = set what is added to the agenda automatically
field-base = The field “Who they are”
error-too-much-to-read = An item has at most { $max } texts to read. Take one off first.
error-bad-threshold = The share must come to at least { $min } people. It can be at most all of them.
error-agenda-frozen = The items were chosen from the votes on the date that was set. No new draft can be made until you change that rule. You can still change the agenda by hand.
error-bad-moment = Please give a date and a time.
error-bad-share = Please give a share between 0.01 and 100 percent.
error-bad-base = Please say how many people there are, as a whole number.
left-out-no-choice = Nothing has been chosen from the votes yet
desk-title = Waiting: { $n }
desk-lists = Lists
desk-list = Statements
desk-waiting = Waiting
desk-accepted = Accepted
desk-rejected = Not accepted
desk-unclear = Many pass
desk-order = Order
order-oldest = Oldest first
order-decided = Latest decision first
order-passed = Most passes first
order-newest = Newest first
order-author = By author
desk-author = author { $author }
desk-same-author = by the same author
desk-pass = { $percent }% pass
desk-number = No. { $number }
desk-written = { $n ->
    [one] author { $author }, the only statement so far
   *[other] author { $author }, { $n } statements so far: { $accepted } accepted, { $rejected } not
}
desk-votes = { $n ->
    [0] no votes
    [one] one vote
   *[other] { $n } votes
}
desk-later = Later
desk-previous = Back
desk-alike = { $n ->
    [one] One says nearly the same
   *[other] { $n } say nearly the same
}
desk-state-shown = people vote on it
desk-state-waits = waiting
desk-look = Look at this one
desk-reason-hint = Accept what people can vote on, whether you agree or not. The author sees the reason and can word it anew.
desk-keys = Keys: J for the next statement, K for the one before, A to accept, R and then a number for a reason, S to split or reword, M to ask about only one of two, X to tick, Z to undo, / to search, ? to show these keys.
desk-bulk = Decide on those that are ticked …
desk-pick = Tick: { $text }
desk-none = There are none.
desk-nothing-here = Choose a statement from the list to see it here.
desk-late = A colleague has decided on this statement meanwhile. Your decision was not saved. You can decide otherwise here.
desk-last-accepted = Accepted: “{ $text }”
desk-last-rejected = Not accepted: “{ $text }”
desk-last-back = Waits again: “{ $text }”
desk-many-accepted = { $n ->
    [one] One statement was accepted.
   *[other] { $n } statements were accepted.
}
desk-not-sent = This was not sent. Please try again.
arrivals-title = New statements per day
arrivals-most = { $n ->
    [0] None in the last 11 days
   *[other] At most { $n } on one of the last 11 days
}
arrivals-hour = { $n ->
    [0] None came in the last hour.
    [one] One came in the last hour.
   *[other] { $n } came in the last hour.
}
many-ask = Decide on many statements
many-picked = { $n ->
    [0] No statement is ticked
    [one] One statement is ticked
   *[other] { $n } statements are ticked
}
many-gone = { $n ->
    [one] One that was ticked does not wait any more.
   *[other] { $n } that were ticked do not wait any more.
}
many-none = Tick statements in the list first.
many-accept = { $n ->
    [one] Accept it
   *[other] Accept all { $n }
}
many-reject = { $n ->
    [one] Do not accept it, because …
   *[other] Do not accept any of the { $n }, because …
}
many-back = Back to the list
desk-more = Split, reword and more
desk-derive-title = Show other words instead
desk-derive-hint = Write one statement on each line, { $max } at most. People will see the new statements, no longer the old one. The votes on the old one stay there; the new ones start with none. The author can read the new ones, and can take them back until somebody else votes on them.
desk-derive = Show these instead
desk-derived-from = a moderator made it from No. { $number }
desk-derived = Shown in its place
desk-restore = Take the new words back
desk-merge = Ask about only this one of the two
desk-merged = People are asked about No. { $number } instead, because it says the same. Both keep their votes.
desk-unmerge = Ask about both again
desk-meta-on = It is about the voter
desk-meta-off = It is not about the voter
desk-meta-hint = Some statements are about the voter, such as “I live here”, and not about the question. People can vote on them, but they are left out when groups are formed.
desk-pin = Show it earlier to more people
desk-pin-hours = for { $n } hours
desk-pin-how-long = How long
desk-pinned = Until { $when }, it comes early for more people than usual. The effect gets less little by little.
desk-unpin = Show it like the others
desk-hold = From now on, read what this author writes before it is shown
desk-unhold = Go back to showing this author’s statements at once
desk-held = What this author writes is shown only after you have read it.
desk-pause = Take no new statements for now
desk-unpause = Accept new statements again
desk-paused = No new statements are taken for now. People can vote.
submit-paused = Right now, no new statements can be added. You can still vote on the others.
mine-made = A moderator shows your statement in these words instead:
mine-made-withdraw = Don’t show these words
statement-made-from = A moderator made this statement from one that somebody wrote.
statement-same-as = Another statement says the same. People are now asked about that one:
statement-stands-for = These statements say the same, so people are asked only about the one above. The votes on each are counted separately:
moderation-made = The moderators show other words instead: No. { $numbers }
did-derive = wrote No. { $number } “{ $text }” from another statement
did-merge = asked about another statement in place of No. { $number } “{ $text }”
did-unmerge = asked about No. { $number } “{ $text }” again
did-classify-meta = said that No. { $number } “{ $text }” is about the voter
did-classify-matter = said that No. { $number } “{ $text }” is not about the voter
did-pin = had No. { $number } “{ $text }” shown earlier to more people
did-unpin = had No. { $number } “{ $text }” shown like the others again
did-pause = stopped new statements
did-unpause = let new statements in again
did-hold = decided to read what one author writes before it is shown
did-unhold = went back to showing what one author writes at once
error-submissions-paused = Right now, no new statements can be added. Please try again later.
error-merged-already = One of the two is already joined with another statement. Ask about both of those again first.
error-bad-parts = Please write at least one statement, and at most { $max }.
error-bad-hours = This can be done for at most { $max } hours.
desk-did = Done.
watch-title = What is happening now
watch-link = What is happening now
watch-back = Back to the statements
watch-lead = The counts of votes and new people are kept only in this server’s memory. They start again from zero when the server restarts.
watch-odd-title = What stands out
watch-quiet = Nothing stands out.
watch-many-votes-means = Perhaps somebody shared the link. Further down you see where new people come from. If nothing else stands out, you need do nothing.
watch-burst = { $usual ->
    [0] At least { $n } new people within ten minutes from { $when }. Usual: fewer than five.
   *[other] At least { $n } new people within ten minutes from { $when }. Usual: at least { $usual }.
}
watch-burst-means = A newspaper, a class or a meeting brings many at once. So does one person with many browsers. Ask the organiser whether something was announced then. Many people at once are no reason to leave votes out.
watch-network = At least { $n } new people came from one network within 20 minutes
watch-network-means = Everybody in a school, a library or a firm may come from one network. So may one home with many browsers. Nobody here can see which it was. If many people with exactly the same answers are listed here, too, tell the organiser.
watch-copies = At least { $n } people gave exactly the same answers to the same statements
watch-copies-means = That hardly ever happens by chance. Perhaps they follow a list that somebody handed out. Perhaps they are one person. Nobody here can see which it is. Before you leave their votes out, talk to somebody else who is in charge.
watch-straight = At least { $n } people gave one and the same answer to everything
watch-straight-means = Perhaps they did not read the statements. If there are many, check whether the statements are easy to understand. Some people really mean one answer every time: leave their votes out only if you know more.
watch-groups = The groups
watch-no-groups = There are no clear groups yet.
watch-group = Group { $label }: { $n }
watch-group-same = since { $since }: about the same
watch-group-more = since { $since }: at least { $n } more
watch-group-fewer = since { $since }: at least { $n } fewer
watch-moved = At least { $percent }% of those who were on the map then ({ $since }) are in another group now.
watch-moved-hardly = Fewer than one in ten of those who were on the map then ({ $since }) are in another group now.
watch-statements = Statements worth a look
watch-no-statements = None right now.
watch-new-bridges = New since yesterday, and people in all groups say the same of it
watch-new-splits = New since yesterday, and the groups differ on it
watch-unclear = { $percent }% pass: is it unclear?
watch-now = Votes and new people
watch-votes = At least { $n } votes in the last ten minutes.
watch-newcomers = At least { $n } new people in the last hour.
watch-channel = through “{ $channel }”: at least { $n }
watch-channel-none = without a named link: at least { $n }
watch-steps = Numbers of votes and new people are rounded down to fives. That makes it hard to tell what one person did.
watch-stands-out = Something stands out. Have a look.
form-watch = Many at once, and many who answer the same
form-alarm-newcomers = Mail moderators when at least this many new people come within an hour (empty: never)
form-alarm-copies = Mail moderators when at least this many people give exactly the same answers (empty: never)
form-weigh-copies = On the map, count people with exactly the same answers less
form-weigh-copies-hint = It changes where people stand on the map and which groups there are. Votes are counted as before, one for each person. The results page says so.
mail-alarm-subject = Something stands out in a conversation
mail-alarm = Something stands out in “{ $question }”: many new people came at once, or many answered exactly the same. This page says what it is, what it may mean and what you can do: { $url }
sure-weighs-copies = If people give exactly the same answers, each of them counts less on the map. That makes it harder for a list that somebody handed out to form a group of its own. In the counts on this page, none of them counts less.
watch-votes-few = Fewer than five votes in the last ten minutes.
watch-newcomers-few = Fewer than five new people in the last hour.
watch-usual = { $usual ->
    [0] Usual: fewer than five.
   *[other] Usual: at least { $usual }.
}
watch-usual-unknown = What is usual is not known yet.
desk-looked-at = A colleague has this one open, too. Whoever decides second is told.
desk-looked-at-short = a colleague has it open
moderation-takes = { $hours ->
    [0] Half of the latest statements were read within an hour.
   *[other] Half of the latest statements were read within { $hours } hours.
}
desk-merged-idle = It was joined with No. { $number }, which is not shown now. So people are asked about this one.
desk-typed = What you typed
error-too-few-people = These are too few people. You can leave votes out only for { $min } people or more. They must have voted, and their votes must count now. If they were fewer, others could work out how one of them voted.
leave-out-title = Leave votes out of the results
leave-out-back = Back to what is happening now
leave-out-link = Leave these votes out …
leave-out-few = No people, or too few, were found. Please check the name or the numbers. You can leave votes out only for { $min } people or more. They must have voted, and their votes must count now. If they were fewer, others could work out how one of them voted.
leave-out-nobody = We could not read this. The name of a link has only small letters, digits, - and _. Statements have numbers.
leave-out-burst = At least { $n } people who came within the ten minutes from { $when } have voted, and their votes count now.
leave-out-channel = At least { $n } people who came through “{ $channel }” have voted, and their votes count now.
leave-out-writers = At least { $n } people wrote one or more of these statements. They have voted, and their votes count now.
leave-out-follows = What happens then
leave-out-results = The results, the map and new agendas do not count these votes any more. Only where very few of one group voted on a statement, their votes go on counting there.
leave-out-public = Whoever may see the results reads there that votes were left out, and why. They also see how many people these are, and how many would agree with these votes, where that is safe. The reason is on the list of the moderators’ decisions, too.
leave-out-own = These people read it on their page “My votes”. They can go on voting. Their new votes are left out, too.
leave-out-kept = No vote is deleted. You can count them again, until the organiser releases the votes as a file.
leave-out-why = Why do you leave them out?
leave-out-why-hint = Everybody can read this. Write what you saw, and name nobody. At most { $max } characters.
leave-out-why-needed = Please say why. Everybody can read the reason.
leave-out-button = Leave these votes out
leave-out-cancel = Cancel
leave-out-others = Leave out the votes of others
leave-out-channel-label = Everybody who came through this link
leave-out-channel-hint = Write the name at the end of the link, such as poster. Use small letters.
leave-out-writers-label = Everybody who wrote one of these statements
leave-out-writers-hint = The numbers of the statements, such as 12, 15, 31.
leave-out-go-on = Go on
left-out-done = Saved. The results will show it soon.
left-out-none = No votes are left out.
left-out-since = Since { $since }.
left-out-again = Count them again
left-out-again-of = Count them again: { $what }
left-out-people = The votes of { $n } people ({ $why })
left-out-few = The votes of a few people ({ $why })
left-out-copies = they gave the same answers
left-out-straight = they gave one answer to everything
left-out-burst = they came within the same ten minutes
left-out-channel = they came by the same link
left-out-by-hand = they wrote statements that a moderator named
left-out-results-title = Votes that were left out
left-out-lead = Moderators left these votes out of the results. The votes are not deleted. Where very few of one group voted on a statement, their votes may still count. Otherwise people could work out how one person voted.
left-out-no-comparison = We do not show how the answers look with these votes. If we did, others might learn how one person voted.
left-out-apart = { $points ->
    [0] Table: with these votes, the share of people who agree would not be another one for any of these statements.
   *[other] Table: with these votes, the share of people who agree would change most by { $points } in a hundred. This is about these statements, and about “agree” only.
}
left-out-compare = { $n ->
    [one] Compare one statement
   *[other] Compare { $n } statements
}
left-out-same = Not all statements are in the table. Where fewer than { $min } of these people voted, others could work out how one person voted.
left-out-without = Agree, without them
left-out-with = Agree, with them
mine-left-out = The moderators left your votes out of the results. Votes that you give from now on are left out, too. The moderators gave this reason:
mine-left-out-wrong = Nobody deleted your votes. Is this a mistake? Then tell the organiser. Moderators can count the votes of all these people again.
moderation-log-left-out = left out of the results
moderation-log-votes = Votes that had been left out
moderation-log-again = counted again
did-exclude = left the votes of { $n } people out of the results, because: { $reason }
did-include = counted votes again that had been left out
share-channels = Give each place a link of its own, with a name at the end. Then moderators see through which link new people come:
desk-flagged = Read with care
desk-no-flags = We found no waiting statement with a link, a mail address, an @name, a long number or mostly capitals. Read them all the same.
flag-link = has a link
flag-address = has a mail address or an @name
flag-number = has a long number
flag-loud = mostly capitals
order-alike = Similar ones together
desk-like-above = looks like the one above
desk-language = Language
desk-language-any = Any language
from-moderator = Reworded by a moderator
moderation-log-merged = people are asked about No. { $into } instead. The moderators think it says the same.
moderation-log-unmerged = people are asked about this one again.
moderation-log-meta = says something about the voter. We do not use it to form groups.
moderation-log-matter = says something about the question. We use it to form groups.
left-out-votes = Votes that are left out
moderation-log-about = About
leave-out-released = The votes were released as a file. Nothing can be left out or counted again now.
leave-out-changed = Other people came in the meantime, or their votes have changed. The number is a new one now. Please read it again.
mine-left-out-final = Nobody deleted your votes. The votes of the others are out as a file, so these results stay as they are. Is this a mistake? Then tell the organiser.
publish-title = What you publish
