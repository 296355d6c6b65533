# The words of Boule's pages in German. A key says where it is used.

site-name = Boule
site-description = Sagen Sie, was Sie von kurzen Aussagen halten. Sehen Sie, wo die Menschen stehen und worin sie sich einig sind.
skip-to-content = Zum Inhalt springen
nav-label = Seiten
footer-note = Boule zählt keine Stimme doppelt, zeigt zu jeder Zahl, wie viele dahinterstehen, und fragt beim Abstimmen niemanden nach dem Namen. Keine andere Website erfährt, dass Sie hier waren.
not-reviewed = Diese Übersetzung wurde noch von niemandem geprüft, der die Sprache als Muttersprache spricht.

error-title = Das hat nicht geklappt
error-home = Zur Startseite

# Words used on many pages

people = { $n ->
    [one] { $n } Person
   *[other] { $n } Personen
}
people-word = Personen
group = Gruppe
share = Anteil
statement = Aussage
state = Status
change = Ändern
why = Warum
overall = Alle
number-short = Nr.
choice-agree = Stimme zu
choice-disagree = Stimme nicht zu
choice-pass = Weder noch
state-open = Offen zum Abstimmen
state-closed = Beendet
state-draft = In Vorbereitung
from-organiser = Von der Organisation
from-participant = Von einer anderen Person
meta = zur Person
saved = Gespeichert.

nav-mine = Meine Stimmen
nav-results = Ergebnisse
nav-agenda = Tagesordnung
nav-vote = Abstimmen
nav-moderate = Moderieren
nav-leave = Abmelden

# The first page

home-title = Beteiligungen
home-intro = Viele Menschen beantworten gemeinsam eine Frage: Sie stimmen über kurze Aussagen ab, die andere geschrieben haben, und schreiben eigene.
list-newest-first = Neueste zuerst
home-empty = Hier gibt es noch keine Beteiligung. Wer diese Website betreibt, kann eine anlegen.

# Role links


# Taking part

asked-by = Wer fragt: { $organiser }
about = Worum es geht
about-privacy = Ihre Stimmen werden unter einer Nummer gespeichert, nie unter Ihrem Namen. Ein zufälliger Schlüssel in diesem Browser führt zu der Nummer. Wir fragen nicht, wer Sie sind.
vote-label = Ihre Stimme
vote-saved = Stimme gespeichert.
vote-waiting = Wird gespeichert …
vote-busy = Der Server hat gerade viel zu tun. Ihre Stimme bleibt auf diesem Gerät und wird bald noch einmal gesendet.
vote-offline = Sie sind offline. Ihre Stimme bleibt auf diesem Gerät und wird gesendet, sobald Sie wieder online sind.
vote-offline-none = Sie sind offline, und hier gibt es nichts mehr, bis Sie wieder online sind.
shared-device = Dieses Gerät nutzen auch andere
shared-device-hint = Dann wird hier nichts für eine Zeit ohne Verbindung aufgehoben.
vote-resent = Sie sind wieder online. Ihre Stimmen sind gesendet und gespeichert.
keys-hint = Tasten: 1 stimme zu, 2 weder noch, 3 stimme nicht zu, U letzte Stimme ändern.
keys-switch = Tasten an
no-statements = Noch gibt es nichts, worüber Sie abstimmen können.
all-done = Sie haben über alles abgestimmt. Vielen Dank!
all-done-next = Neue Aussagen kommen dazu, sobald jemand sie schreibt. Schauen Sie wieder vorbei oder schreiben Sie unten selbst eine.
last-vote = Zuletzt gewählt:
change-last = Ändern
steps-to-place = { $done } von { $all } Stimmen, dann sehen Sie, wo Sie stehen
steps-to-place-template = {"{"}done{"}"} von {"{"}all{"}"} Stimmen, dann sehen Sie, wo Sie stehen
steps-to-compare = { $done } von { $all } Stimmen, dann können wir Sie mit anderen vergleichen
steps-to-compare-template = {"{"}done{"}"} von {"{"}all{"}"} Stimmen, dann können wir Sie mit anderen vergleichen
steps-round = { $voted ->
    [one] 1 Stimme; { $done } von { $all } in dieser Runde
   *[other] { $voted } Stimmen; { $done } von { $all } in dieser Runde
}
steps-round-template = {"{"}voted{"}"} Stimmen; {"{"}done{"}"} von {"{"}all{"}"} in dieser Runde
steps-round-one-template = 1 Stimme; {"{"}done{"}"} von {"{"}all{"}"} in dieser Runde
steps-all = { $voted ->
    [0] Noch keine Stimme
    [one] 1 Stimme
   *[other] { $voted } Stimmen
}
steps-all-template = {"{"}voted{"}"} Stimmen
voting-until = Abstimmen ist möglich bis { $when }.
frame-open-until = offen bis { $when }
frame-took-part = { $n ->
    [one] 1 Person hat teilgenommen
   *[other] { $n } Personen haben teilgenommen
}
tab-vote = Abstimmen
plan-title = Was mit meinen Stimmen geschieht
plan-now = Jetzt
plan-now-text = Stimmen Sie ab und schreiben Sie Aussagen. Hören Sie auf, wann Sie wollen: Auch wenige Stimmen helfen.
plan-until = Bis { $when }
see-title = Wer was sehen kann
see-text = Keine Seite zeigt, wie eine einzelne Person abgestimmt hat. Gruppen von weniger als { $min } Personen werden nie gezeigt. Sie brauchen kein Konto.
submit-title = Eigene Aussage schreiben
submit-label = Eine Aussage, der andere zustimmen können oder nicht (höchstens { $limit } Zeichen)
submit-hint-before = Nur ein Gedanke, in Ihren eigenen Worten. Die Moderation liest die Aussage, bevor andere darüber abstimmen.
submit-hint-after = Nur ein Gedanke, in Ihren eigenen Worten. Andere können sofort darüber abstimmen.
submit-button = Abschicken
similar-title = Andere haben fast dasselbe gesagt
similar-hint = Stimmen Sie einer dieser Aussagen zu. Oder senden Sie Ihre, wenn sie etwas anderes sagt.
similar-agree = Dem stimme ich zu
similar-anyway = Meine trotzdem senden
similar-not-sent = Noch nicht gesendet: Andere haben fast dasselbe gesagt. Sehen Sie unten.
submitted-waits = Danke. Ihre Aussage und Ihre Zustimmung dazu sind gespeichert. Nun wartet die Aussage auf die Moderation.
submit-offline = Sie sind offline. Ihr Text bleibt im Formular und wird gesendet, sobald Sie wieder online sind.
submitted-shown = Danke. Ihre Aussage und Ihre Zustimmung dazu sind gespeichert. Andere können jetzt darüber abstimmen.
stop-here = Hier aufhören und die Ergebnisse ansehen
closed-title = Diese Beteiligung ist beendet
closed-text = Abstimmen ist nicht mehr möglich. Was die Menschen gesagt haben, finden Sie weiterhin hier:
draft-title = Diese Beteiligung wird vorbereitet
draft-text = Sie können noch nicht abstimmen.
results-at-close = Die Ergebnisse werden erst gezeigt, wenn die Beteiligung beendet ist. So beeinflussen sie niemanden beim Abstimmen.
results-after-n = Die Ergebnisse werden gezeigt, wenn Sie selbst { $n } Stimmen abgegeben haben. So beeinflussen sie Ihre ersten Stimmen nicht.
results-own-votes = Ihre Stimmen bisher: { $n }.
read-only = Ich möchte nur lesen
read-hint = Zum Lesen müssen Sie nicht abstimmen. Falls Sie später abstimmen, steht bei Ihren Stimmen, dass Sie die Ergebnisse vorher gelesen hatten.

# My votes

mine-title = Meine Stimmen und Aussagen
mine-statements = Meine Aussagen
mine-votes = Meine Stimmen
mine-no-statements = Sie haben noch keine Aussage geschrieben.
mine-no-votes = Sie haben noch nicht abgestimmt.
mine-votes-caption = { $n ->
    [one] { $n } Stimme, die Sie ändern können
   *[other] { $n } Stimmen, die Sie alle ändern können
}
your-vote = Ihre Stimme
change-vote-on = Stimme ändern zur Aussage: { $statement }
moderation-accepted = Angenommen: Andere können darüber abstimmen.
moderation-pending = Wartet auf die Moderation.
moderation-rejected = Nicht angenommen
mine-change = Ändern oder zurückziehen
mine-reword-label = Ihre Aussage in neuen Worten
mine-reword-hint = Das geht, bis jemand anderes darüber abstimmt. Ihr neuer Text gilt als neue Aussage.
mine-reword = So abschicken
mine-withdraw = Zurückziehen
mine-withdrawn = Sie haben Ihre Aussage zurückgezogen.
mine-reworded = Ihr neuer Text ist gespeichert.
told-title = Was daraus wurde
told-accepted = Angenommen am { $day }.
told-on-agenda = Sie steht auf der Tagesordnung vom { $day }.
told-not-on-agenda = Sie steht nicht auf der Tagesordnung vom { $day }. Dort steht, was wegblieb und warum.
told-similar = Andere sagen fast dasselbe
told-differs = Die Gruppen unterscheiden sich: Die meisten einer Gruppe sagen etwas, die meisten einer anderen nicht.
told-one-group = Die meisten aus Gruppe { $group } wollen es, die meisten der anderen verlangen es nicht, und wenige sind dagegen.
told-unclear = Mehr als die Hälfte hat „weiter“ gewählt.
told-open = Es ist nicht klar, wie die Menschen dazu stehen.
told-agreed = { $who ->
    [both] Beide Gruppen stimmen klar zu.
    [all] Alle Gruppen stimmen klar zu.
    [shown] Die gezeigten Gruppen stimmen klar zu.
   *[people] Die meisten stimmen klar zu.
}
told-rejected = { $who ->
    [both] Beide Gruppen lehnen es klar ab.
    [all] Alle Gruppen lehnen es klar ab.
    [shown] Die gezeigten Gruppen lehnen es klar ab.
   *[people] Die meisten lehnen es klar ab.
}
mine-what-became = Was daraus wurde

policy-off-topic = Gehört nicht zur Frage
policy-duplicate = Sagt dasselbe wie eine andere Aussage
policy-unclear = Lässt unklar, wozu man Ja sagen würde
policy-several-ideas = Sagt mehreres auf einmal
policy-attack = Greift Menschen an
policy-personal-data = Nennt eine Privatperson oder verrät Privates
policy-advertising = Ist Werbung

# The map

map-heading = Wo die Menschen stehen
map-title = Meinungskarte
map-reading = Näher heißt: ähnlicher abgestimmt. Links, rechts, oben und unten bedeuten nichts, und eine größere Fläche heißt nicht mehr Personen.
map-missing = { $n ->
    [one] Die Karte erscheint, sobald noch eine Person über genug Aussagen abgestimmt hat; bisher sind es { $placed }.
   *[other] Die Karte erscheint, sobald noch { $n } Personen über genug Aussagen abgestimmt haben; bisher sind es { $placed }.
}
map-missing-template = Die Karte erscheint, sobald mehr Personen über genug Aussagen abgestimmt haben: bisher {"{"}placed{"}"}, noch {"{"}n{"}"} fehlen.
map-groups = { $placed } Personen haben über genug Aussagen abgestimmt, um verglichen zu werden. Nach ihren Stimmen bilden sie { $groups } Gruppen.
map-groups-template = {"{"}placed{"}"} Personen haben über genug Aussagen abgestimmt, um verglichen zu werden. Nach ihren Stimmen bilden sie {"{"}groups{"}"} Gruppen.
map-one-group = Die Personen, die verglichen werden können, bilden keine getrennten Gruppen.
map-too-few = Zu wenige Personen können verglichen werden, um Gruppen zu unterscheiden.
map-your-group = Sie stehen bisher Gruppe { $group } am nächsten.
map-your-group-template = Sie stehen bisher Gruppe {"{"}group{"}"} am nächsten.
map-you = Hier sind Sie
map-reach = wo Sie stehen könnten
map-mark = etwa { $n } Personen, die ähnlich abgestimmt haben
map-mark-template = etwa {"{"}n{"}"} Personen, die ähnlich abgestimmt haben
map-hollow = vielleicht in einer anderen Gruppe
map-status-clear = Die Gruppen sind klar: Wenn wir diese Personen noch einmal zufällig ziehen, kommen fast dieselben Gruppen heraus, und der Zufall allein ergibt solche Gruppen selten.
map-status-fragile = Die Gruppen sind nicht klar: Eine andere Stichprobe könnte sich anders teilen, oder der Zufall allein ergibt ebenso gute Gruppen. Nehmen Sie sie als Skizze.
map-status-none = Es gibt keine klaren Gruppen: Der Zufall allein ergibt ebenso gute, und eine andere Stichprobe würde sich anders teilen. Darum zeigt die Karte keine Gruppen.
map-status-unknown = Noch wird berechnet, ob diese Gruppen mehr sind als Zufall.
map-status-earlier = Das wurde für eine etwas frühere Karte berechnet.
map-unsure = { $n } der { $placed } Personen auf der Karte könnten auch zu einer anderen Gruppe gehören: Sie haben zu wenig abgestimmt, um sicher zu sein.
map-unsure-template = {"{"}n{"}"} der {"{"}placed{"}"} Personen auf der Karte könnten auch zu einer anderen Gruppe gehören: Sie haben zu wenig abgestimmt, um sicher zu sein.
map-settling = Die Karte ändert sich vielleicht bald: Nach den neuesten Stimmen wären es { $n } Gruppen.
map-settling-template = Die Karte ändert sich vielleicht bald: Nach den neuesten Stimmen wären es {"{"}n{"}"} Gruppen.
map-table = Die Karte als Tabelle
map-table-caption = Personen auf der Karte nach Gruppen, zusammen { $n }
map-hidden-groups = Manche Gruppen sind zu klein, um sie zu zeigen, ohne zu verraten, wer dazugehört.
map-late = Die neuesten Stimmen sind noch nicht auf der Karte.
map-as-of = Stand: { $at }.
map-as-of-template = Stand: {"{"}at{"}"}.
map-note-arbitrary = Die Stimmen legen die Richtungen dieser Karte nicht genau fest. Deshalb kann sie sich drehen oder verändern, wenn sie neu berechnet wird.
map-note-one-dimension = Die Stimmen unterscheiden sich nur in einer Richtung.
map-note-identical = Alle auf der Karte haben gleich abgestimmt.

# Results

results-title = Ergebnisse
results-headline = { $n ->
    [one] Was 1 Person sagt
   *[other] Was { $n } Personen sagen
}
lead-no-groups = Nach den Stimmen lassen sich bisher keine klaren Gruppen unterscheiden.
lead-agreed = { $agreed ->
    [0] { $who ->
        [both] Noch gibt es keine Aussage, zu der beide Gruppen klar dasselbe sagen.
        [all] Noch gibt es keine Aussage, zu der alle Gruppen klar dasselbe sagen.
        [shown] Noch gibt es keine Aussage, zu der die gezeigten Gruppen klar dasselbe sagen.
       *[people] Noch gibt es keine Aussage, bei der sich die Menschen klar einig sind.
    }
   *[other] { $who ->
        [both] Zu { $agreed } von { $all } Aussagen sagen beide Gruppen klar dasselbe: ja zu { $yes }, nein zu { $no }.
        [all] Zu { $agreed } von { $all } Aussagen sagen alle Gruppen klar dasselbe: ja zu { $yes }, nein zu { $no }.
        [shown] Zu { $agreed } von { $all } Aussagen sagen die gezeigten Gruppen klar dasselbe: ja zu { $yes }, nein zu { $no }.
       *[people] Zu { $agreed } von { $all } Aussagen sagen die meisten klar dasselbe: ja zu { $yes }, nein zu { $no }.
    }
}
lead-differ = { $n ->
    [0] Keine Aussage trennt sie klar.
   *[other] { $groups ->
        [2] Bei { $n } unterscheiden sie sich: Die meisten der einen Gruppe sagen etwas, die meisten der anderen nicht.
       *[other] Bei { $n } unterscheiden sie sich: Die meisten einer Gruppe sagen etwas, die meisten einer anderen nicht.
    }
}
lead-most = { $who ->
    [both] Am sichersten einig sind sich beide Gruppen bei
    [all] Am sichersten einig sind sich alle Gruppen bei
    [shown] Am sichersten einig sind sich die gezeigten Gruppen bei
   *[people] Am sichersten einig sind sich die Menschen bei
}
lead-most-no = { $who ->
    [both] Am sichersten sagen beide Gruppen nein zu
    [all] Am sichersten sagen alle Gruppen nein zu
    [shown] Am sichersten sagen die gezeigten Gruppen nein zu
   *[people] Am sichersten sagen die Menschen nein zu
}
lead-apart = Am sichersten unterscheiden sie sich bei
share-agree = stimmen zu
share-disagree = stimmen nicht zu
share-pass = weiter
percent = { $n } %
percent-template = {"{"}n{"}"} %
statement-link = Link zu dieser Aussage
statement-number = Nr. { $number }
results-later = Noch nicht
figure-people = haben teilgenommen
figure-votes = Stimmen
figure-statements = Aussagen
figure-groups = Gruppen
figure-compared = Personen auf der Karte
figure-rejected = nicht angenommen
figure-voted-on = Aussagen mit genug Stimmen
figure-on-agenda = { $items ->
    [one] auf der Tagesordnung, in einem Punkt
   *[other] auf der Tagesordnung, in { $items } Punkten
}
bar-numbers = { $agree } % ja · { $pass } % weiter · { $disagree } % nein von { $n }
too-few-to-show = zu wenige Personen, um etwas zu zeigen
findings-label = Die wichtigsten Ergebnisse
kind-yes = { $who ->
    [both] Beide Gruppen stimmen zu
    [all] Alle { $groups } Gruppen stimmen zu
    [shown] Die gezeigten Gruppen stimmen zu
   *[people] Die meisten stimmen zu
}
kind-no = { $who ->
    [both] Beide Gruppen sagen nein
    [all] Alle { $groups } Gruppen sagen nein
    [shown] Die gezeigten Gruppen sagen nein
   *[people] Die meisten sagen nein
}
kind-differ = Die Gruppen unterscheiden sich
agree-title = { $who ->
    [both] Worin sich beide Gruppen einig sind
    [all] Worin sich alle Gruppen einig sind
    [shown] Worin sich die gezeigten Gruppen einig sind
   *[people] Worin sich die meisten einig sind
}
agree-hint = { $who ->
    [people] Klar mehr als die Hälfte sagt dasselbe. Zuerst kommt, wobei wir am sichersten sind.
    [shown] Eine klare Mehrheit jeder gezeigten Gruppe sagt dasselbe. Zuerst kommt, wobei wir am sichersten sind.
   *[other] Eine klare Mehrheit jeder Gruppe sagt dasselbe. Zuerst kommt, wobei wir am sichersten sind.
}
agree-counts = Ja zu { $yes }, nein zu { $no }
agree-no = { $who ->
    [both] Beide Gruppen sagen nein
    [all] Alle Gruppen sagen nein
    [shown] Die gezeigten Gruppen sagen nein
   *[people] Die meisten sagen nein
}
agree-empty = { $who ->
    [people] Noch nichts, worin sich die Menschen klar einig sind. Das kann sich mit mehr Stimmen ändern.
   *[other] Noch nichts, worin sich alle Gruppen klar einig sind. Das kann sich mit mehr Stimmen ändern.
}
list-all = Alle { $n }
list-part = Die ersten { $shown } von { $all }
differ-title = Wo sich die Gruppen unterscheiden
differ-hint = { $groups ->
    [2] Die meisten der einen Gruppe sagen etwas, die meisten der anderen nicht. Der sicherste Abstand zuerst.
   *[other] Die meisten einer Gruppe sagen etwas, die meisten einer anderen nicht. Der sicherste Abstand zuerst.
}
differ-empty = Es gibt keine Aussage, bei der sich die Gruppen klar unterscheiden.
one-group-title = Was eine Gruppe braucht
one-group-hint = { $groups ->
    [2] Die meisten einer Gruppe stimmen zu und die meisten der anderen nicht, aber wenige aus ihr sagen nein: weniger als ein Viertel.
   *[other] Die meisten einer Gruppe stimmen zu und die meisten jeder anderen nicht, aber wenige aus diesen sagen nein: weniger als ein Viertel.
}
unclear-title = Was unklar ist
unclear-hint = Mehr als die Hälfte hat „weiter“ gewählt: Vielleicht ist die Aussage unklar, oder man weiß noch zu wenig.
map-short = Die Karte
groups-title = { $n ->
    [2] Zwei Gruppen, nach den Stimmen
    [3] Drei Gruppen, nach den Stimmen
    [4] Vier Gruppen, nach den Stimmen
    [5] Fünf Gruppen, nach den Stimmen
   *[other] { $n } Gruppen, nach den Stimmen
}
groups-nobody = Noch hat niemand über genug Aussagen abgestimmt, um mit anderen verglichen zu werden.
groups-none = Es gibt keine klaren Gruppen: Die Stimmen teilen die Personen auf der Karte nicht so auf, dass sich feste Gruppen zeigen.
group-of = { $size ->
    [one] { $size } der { $placed } Personen auf der Karte.
   *[other] { $size } der { $placed } Personen auf der Karte.
}
group-says = { $groups ->
    [2] Worin sie sich von der anderen Gruppe abheben:
   *[other] Worin sie sich von den anderen Gruppen abheben:
}
group-name = Gruppe { $label }
group-heading = Gruppe { $label }, { $size ->
    [one] { $size } Person
   *[other] { $size } Personen
}
group-nothing-typical = Nichts hebt diese Gruppe klar von den anderen ab.
typical-agree = { $percent } % stimmen zu
typical-disagree = { $percent } % stimmen nicht zu
typical-next = { $groups ->
    [2] Gruppe { $label }: { $percent } %
   *[other] danach Gruppe { $label }: { $percent } %
}
sort-by = Sortieren
sort-number = Nach Nummer
sort-agree = Meiste Zustimmung zuerst
sort-disagree = Meiste Ablehnung zuerst
sort-votes = Meiste Stimmen zuerst
sort-gap = Sicherster Abstand zuerst
statements-all = { $n ->
    [one] Die eine Aussage
   *[other] Alle { $n } Aussagen
}
statements-find = Wörter suchen
statements-show = Zeigen
statements-search = Zeigen
statements-none = Keine Aussage passt.
statements-again = Alle Aussagen zeigen
statements-part = Aussagen { $first } bis { $last } von { $total }.
statements-hint = Anteile derer, die über eine Aussage abgestimmt haben; unter dem Buchstaben einer Gruppe der Anteil, der dort zustimmt.
show-all = Alle
show-yes = Worin man sich einig ist: ja
show-no = Worin man sich einig ist: nein
show-differ = Wo sich die Gruppen unterscheiden
show-one-group = Was eine Gruppe braucht
show-unclear = Was unklar ist
sure-title = Wie sicher ist das?
sure-who = { $n ->
    [one] Wer teilnahm, wurde nicht ausgelost. Das hier sagt darum, was diese eine Person denkt, nicht, was alle denken.
   *[other] Wer teilnahm, wurde nicht ausgelost. Das hier sagt darum, was diese { $n } Personen denken, nicht, was alle denken.
}
sure-again = Ergäben andere Personen dieselben Gruppen?
sure-again-text = Wir haben { $resamples } neue Stichproben aus den Personen gezogen, die abgestimmt haben; { $again } davon ergaben wieder so viele Gruppen. Außerdem haben wir die Stimmen { $shuffles }-mal gemischt, sodass nur der Zufall übrig blieb; so klare Gruppen kamen dabei { $good ->
    [0] nie
    [one] einmal
   *[other] { $good }-mal
} heraus.
sure-not-on-map = Wer ist nicht auf der Karte?
sure-not-on-map-text = { $n ->
    [0] Alle, die teilgenommen haben, sind auf der Karte.
    [one] Eine Person hat über zu wenige Aussagen abgestimmt, um mit anderen verglichen zu werden. Wo weniger als { $min } solche Personen über eine Aussage abgestimmt haben, fehlen ihre Stimmen in deren Anteilen.
   *[other] { $n } Personen haben über zu wenige Aussagen abgestimmt, um mit anderen verglichen zu werden. Wo weniger als { $min } von ihnen über eine Aussage abgestimmt haben, fehlen ihre Stimmen in deren Anteilen.
}
sure-clearly = Was heißt „klar“, und könnte das jemand gesteuert haben?
sure-clearly-text = Wir rechnen den Zufall ein, wer teilnahm: Auch bei einer ungünstigen Auswahl würde mehr als die Hälfte es sagen. Von 20 Aussagen, bei denen die Menschen in Wahrheit halb und halb stehen, kommt etwa eine durch Glück durch. Aus jeder Gruppe haben mindestens 7 Personen darüber abgestimmt, oder alle einer kleineren Gruppe.
sure-margin-text = Um eine Aussage von der Liste zu drängen, müssten mindestens so viele neue Personen dazukommen und gemeinsam abstimmen, solange die anderen in ihren Gruppen bleiben:
sure-least = { $who ->
    [people] Zustimmung, den Zufall abgezogen
   *[other] Geringste Zustimmung einer Gruppe, den Zufall abgezogen
}
sure-newcomers = Neue Personen
sure-not-shown = Was wurde nicht gezeigt?
sure-not-shown-text = { $n ->
    [0] Keine Aussage wurde abgelehnt.
    [one] Die Moderation hat eine Aussage nicht angenommen.
   *[other] Die Moderation hat { $n } Aussagen nicht angenommen.
} Gruppen und Zahlen von weniger als { $min } Personen werden nie gezeigt, auch nichts, was verraten würde, wie sie abgestimmt haben.
sure-decisions = Was die Moderation entschieden hat, und warum
method-title = Wie wurde das berechnet?
method-text = Die Stimmen jeder Person sind eine Zeile einer Tabelle. Ein Verfahren namens Hauptkomponentenanalyse findet die zwei Richtungen, in denen sich die Menschen am meisten unterscheiden; ein zweites, k-Means, findet die Gruppen. Beide wissen nicht, was eine Aussage sagt. Solange abgestimmt wird, sind die neuesten Stimmen zu einer Aussage vielleicht noch nicht gezählt.
method-stability-unknown = Jede Menge von Menschen lässt sich in Teile zerlegen. Noch wird berechnet, ob andere Stichproben dieser Personen in dieselben Gruppen fallen und ob der Zufall ebenso gute Gruppen ergibt.
method-limits = Was für eine Gruppe typisch ist, stammt aus denselben Stimmen wie die Gruppe selbst: Es beschreibt die Gruppe und beweist nichts. Die zwei Richtungen der Karte zeigen { $explained } % der Unterschiede zwischen den Stimmen; der Rest ist nicht im Bild.
method-silhouette = Wie gut die Gruppen getrennt sind, von −1 bis 1: { $silhouette }. Mengen ganz ohne Gruppen erreichen etwa 0,3.
method-agreement = Wie weit die Gruppen neuer Stichproben mit diesen übereinstimmen, wobei 1 gleich und 0 Zufall ist: { $agreement }.
results-as-of = Stand: { $at }.
results-head = Fingerabdruck aller Stimmen bis dahin:
check-title = Herunterladen und prüfen
check-text = Die Dateien enthalten, was diese Seite zeigt, zu jeder Aussage: Zahlen von Stimmen, nie, wie eine Person abgestimmt hat.
check-licence = Alle dürfen sie unter { $licence } nutzen und die Quelle nennen.
check-csv = Tabelle (CSV)
check-json = Alles (JSON)

# After the end, and on pages that stay open

late-title = Nach dem Ende entschieden
late-text = { $n ->
    [one] Nach dem Ende der Abstimmung hat die Moderation über eine weitere Aussage entschieden. In den Ergebnissen auf dieser Seite ist das berücksichtigt.
   *[other] Nach dem Ende der Abstimmung hat die Moderation über { $n } weitere Aussagen entschieden. In den Ergebnissen auf dieser Seite ist das berücksichtigt.
}
late-list = Liste zeigen
late-accepted = angenommen
late-rejected = nicht angenommen
late-pending = wartet wieder auf die Moderation
date = Datum
newer-results = Es gibt neuere Ergebnisse als die auf dieser Seite.
newer-results-load = Neueste Ergebnisse zeigen
closed-now = Die Beteiligung wurde beendet, während diese Seite bei Ihnen offen war. Abstimmen ist nicht mehr möglich.
not-counted-title = Nicht gezählt
not-counted-text = Die Beteiligung wurde beendet, bevor dies bei uns ankam:

# The agenda

agenda-title = Tagesordnung des Bürgerrats
agenda-published = Veröffentlicht am { $at }. Organisation: { $organiser }. Fassung { $version }.
agenda-published-by-nobody = Veröffentlicht am { $at }. Fassung { $version }.
agenda-how = Es gab { $places ->
    [one] einen Platz
   *[other] { $places } Plätze
}, und zur Wahl { $candidates ->
    [one] stand eine Aussage
   *[other] standen { $candidates } Aussagen
}. Gezählt wurden { $voters } Personen: alle auf der Karte, die mindestens einer dieser Aussagen zustimmen.
agenda-how-few = Es gab { $places ->
    [one] einen Platz
   *[other] { $places } Plätze
}, und zur Wahl { $candidates ->
    [one] stand eine Aussage
   *[other] standen { $candidates } Aussagen
}. Gezählt wurden weniger als { $min } Personen.
agenda-numbers-later = Wie die Menschen abgestimmt haben, sehen Sie hier, sobald Sie die Ergebnisse sehen können.
agenda-items-title = Was darauf steht
agenda-made-title = Wie sie entstanden ist
agenda-not-yet = Noch ist keine Tagesordnung veröffentlicht. Sehen Sie sich bis dahin an, worin sich die Menschen einig sind:
agenda-no-items = Noch hat keine Aussage in jeder Gruppe genug Stimmen für die Tagesordnung.
agenda-version = Die Tagesordnung wurde am { $day } entworfen. Grundlage sind die Stimmen bis zum Eintrag { $version } des Protokolls.
why-heading = Warum sie hier steht.
why-bridging = Eine klare Mehrheit jeder Gruppe stimmt zu. Von allen, die darüber abgestimmt haben, sind es { $percent } %.
why-agreed = Eine klare Mehrheit der Personen auf der Karte stimmt zu. Von allen, die darüber abgestimmt haben, sind es { $percent } %.
why-bridging-plain = Eine klare Mehrheit jeder Gruppe stimmt zu.
why-agreed-plain = Eine klare Mehrheit der Personen auf der Karte stimmt zu.
why-sure = Auch bei einer ungünstigen Auswahl würden in jeder Gruppe mindestens { $percent } % zustimmen. In jeder Gruppe haben mindestens { $n } Personen darüber abgestimmt.
why-sure-one = Auch bei einer ungünstigen Auswahl würden mindestens { $percent } % der Personen auf der Karte zustimmen. { $n } von ihnen haben darüber abgestimmt.
why-chosen = Die Regel, nach der die Plätze verteilt werden, hat diese Aussage gewählt. Mehr sagen wir nicht: Es könnte verraten, wie einige wenige abgestimmt haben.
why-later = Den Grund lesen Sie hier, sobald Sie die Ergebnisse sehen können.
why-proportional = Die Plätze werden gerecht verteilt: mehr Menschen, mehr Plätze. Hier stimmen genug Menschen zu, um einen Platz zu bekommen.
why-proportional-unserved = Die Plätze werden gerecht verteilt: mehr Menschen, mehr Plätze. Hier stimmen genug Menschen zu, um einen Platz zu bekommen. Für { $unserved } von ihnen ist es die erste gewählte Aussage, der sie zustimmen.
why-completion = Einige Plätze blieben übrig. Die Menschen, die hier zustimmen, waren am nächsten daran, einen zu bekommen.
why-completion-unserved = Einige Plätze blieben übrig. Die Menschen, die hier zustimmen, waren am nächsten daran, einen zu bekommen. Für { $unserved } von ihnen ist es die erste gewählte Aussage, der sie zustimmen.
item-seen = { $n ->
    [one] Eine Person hat darüber abgestimmt.
   *[other] { $n } Personen haben darüber abgestimmt.
}
item-bars = Alle Stimmen
item-page = Die Seite dieser Aussage
left-out-title = Was nicht auf der Tagesordnung steht und warum ({ $n })
left-out-agreed = { $who ->
    [people] Eine klare Mehrheit stimmt zu, aber andere Aussagen wurden gewählt
    [shown] Eine klare Mehrheit jeder gezeigten Gruppe stimmt zu, aber andere Aussagen wurden gewählt
   *[other] Eine klare Mehrheit jeder Gruppe stimmt zu, aber andere Aussagen wurden gewählt
}
left-out-one-group = { $who ->
    [shown] Von den gezeigten Gruppen stimmt nur eine klar zu, und andere Aussagen wurden gewählt
   *[other] Nur eine Gruppe stimmt klar zu, und andere Aussagen wurden gewählt
}
left-out-differ = Die Gruppen unterscheiden sich hier klar
left-out-rejected = Die Moderation hatte sie vor dem Entwurf abgelehnt
left-out-not-accepted = Beim Entwurf hatte die Moderation noch nicht darüber entschieden
no-longer-shown = (Diese Aussage wird nicht gezeigt.)
left-out-meta = Sie sagt etwas über die Person, die abstimmt, nicht über die Frage
left-out-too-few = Zu wenige Stimmen in mindestens einer Gruppe
left-out-not-chosen = Andere Aussagen wurden gewählt
left-out-removed = Von der Organisation entfernt
left-out-later = Kam nach dem Entwurf der Tagesordnung
left-out-hint = Hier gelten die Ergebnisse, wie sie jetzt sind. Als die Tagesordnung entworfen wurde, können sie anders gewesen sein.
left-out-search = Alle Aussagen durchsuchen

# Moderating

moderate-title = Moderieren
queue-empty = Es wartet nichts. Neue Aussagen erscheinen hier, sobald sie eintreffen.
pages-label = Seiten dieser Liste
pages-shown = { $first } bis { $last } von { $total }
pages-before = Vorige Seite
pages-after = Nächste Seite
many-title = Viele auf einmal ablehnen (zum Beispiel nach Spam)
many-hint = Alle wartenden Aussagen von der ersten bis zur letzten Nummer werden abgelehnt. Auf der nächsten Seite können Sie das in einem Schritt rückgängig machen.
many-first = Von Nummer
many-last = Bis Nummer
many-because = Warum sie abgelehnt werden
many-button = Alle ablehnen
queue-many-rejected = { $n ->
    [0] Von diesen Aussagen ist jetzt keine abgelehnt.
    [one] { $n } Aussage wurde abgelehnt.
   *[other] { $n } Aussagen wurden abgelehnt.
}
queue-many-none = Keine Aussage mit diesen Nummern hat gewartet.
queue-undo-many = { $n ->
    [one] Rückgängig machen
   *[other] Alle { $n } rückgängig machen
}
queue-new-template = {"{"}n{"}"} in der Warteschlange: neu laden
queue-undo = Rückgängig
accept = Annehmen
reject-because = Ablehnen – Grund:
reject-other = Anderer Grund
clusters-title = Gruppen live
clusters-counts = Personen: { $people } · Stimmen: { $votes } · gezeigte Aussagen: { $statements }
clusters-counts-template = Personen: {"{"}participants{"}"} · Stimmen: {"{"}votes{"}"} · gezeigte Aussagen: {"{"}statements{"}"}
put-back = Zurücklegen

# Organising

organise-title = Organisieren
organise-empty = Es gibt noch keine Beteiligung. Legen Sie unten die erste an.
new-conversation = Neue Beteiligung
form-slug = Adresse
form-slug-hint = Der Teil nach „/c/“: Kleinbuchstaben, Ziffern und Bindestriche, zum Beispiel flussufer-2026. Sobald die Beteiligung offen ist, lässt sich die Adresse nicht mehr ändern.
form-question = Die Frage
form-description = Was die Menschen zuerst wissen sollten (freiwillig)
form-organiser = Wer fragt
form-promise = Was mit den Antworten geschieht
form-promise-hint = Schreiben Sie, was Sie versprechen: Wer liest die Ergebnisse? Bei welcher Entscheidung helfen sie? Wann hören die Menschen wieder von Ihnen? Ihr Text steht auf der Seite der Beteiligung.
form-policy = Gründe, eine Aussage abzulehnen
form-policy-hint = Schreiben Sie einen Grund pro Zeile. Die Moderation kann einen davon wählen. Wer die Aussage geschrieben hat, sieht diesen Grund. Sobald die Beteiligung offen ist, können Sie die Liste nur mit einem Grund ändern.
form-results = Wann sehen die Teilnehmenden die Ergebnisse?
results-rule-after-n = Nach 7 eigenen Stimmen
results-rule-always = Jederzeit
results-rule-at-close = Wenn die Beteiligung beendet ist
form-moderation = Was geschieht mit einer neuen Aussage?
moderation-rule-before = Sie wartet, bis die Moderation sie annimmt
moderation-rule-after = Sie wird sofort gezeigt
form-listed = Auf der Startseite zeigen
create-button = Anlegen
save-button = Speichern
organise-counts = Personen: { $people }, Stimmen: { $votes }. Aussagen: { $shown } gezeigt, { $pending } bei der Moderation.
share-link = Adresse zum Weitergeben:
share-poster = Plakat mit QR-Code
share-wall = Bild für die Wand eines Raums
share-button = Teilen
share-copied = Die Adresse ist kopiert.
poster-print = Drucken Sie diese Seite oder speichern Sie sie als PDF.
poster-call = Reden Sie mit
poster-how = Es dauert eine Minute, auch am Handy. Sie brauchen kein Konto.
qr-label = QR-Code von { $address }
wall-agreed = Worin sich die Menschen am sichersten einig sind
wall-join = Machen Sie mit:
open-button = Zum Abstimmen öffnen
open-fixes = Sobald die Beteiligung offen ist, lässt sich ihre Adresse nicht mehr ändern. Was Sie versprechen, können Sie dann nur mit einem Grund ändern, den alle lesen.
policy-title = Gründe, eine Aussage abzulehnen
seeds-draft-hint = Bis Sie die Beteiligung öffnen, können Sie diese Aussagen ändern, verschieben oder entfernen.
seed-words = Die Aussage
seed-change-label = Aussage { $number } ändern
draft-manage-title = Adresse ändern oder diesen Entwurf löschen
draft-deleted = Der Entwurf wurde gelöscht.
rename-button = Adresse ändern
delete-title = Diesen Entwurf löschen
delete-hint = Alle Texte und alle Aussagen der Organisation werden für immer gelöscht. Geben Sie zur Bestätigung { $slug } ein.
delete-label = Adresse des Entwurfs
delete-button = Löschen
delete-not-this = Nichts wurde gelöscht: Die Adresse, die Sie eingegeben haben, ist nicht { $slug }.
close-button = Beenden
seeds-title = Aussagen der Organisation ({ $n })
seeds-empty = Noch keine Aussagen der Organisation.
seeds-added = { $n ->
    [one] { $n } Aussage wurde hinzugefügt.
   *[other] { $n } Aussagen wurden hinzugefügt.
}
seed-label = Aussage hinzufügen
seed-meta = Die Aussage betrifft die Person („Ich wohne hier“) und soll nicht in die Karte einfließen
seed-button = Hinzufügen
seed-file = Viele aus einer Datei hinzufügen
seed-file-hint = Eine Excel- oder CSV-Datei mit einer Spalte „Text“ oder „Aussage“. Oder eine einfache Liste mit einer Aussage pro Zeile. Sie sehen, was hinzugefügt wird, bevor etwas gespeichert wird.
seed-file-button = Datei ansehen
seeds-here = { $n ->
    [one] { $n } war schon da und wurde übersprungen.
   *[other] { $n } waren schon da und wurden übersprungen.
}
seeds-none-added = Nichts wurde hinzugefügt. { $why }
preview-title = Was hinzugefügt wird
preview-back = Zurück zur Beteiligung
preview-heading = { $all ->
    [one] Zum Hinzufügen: { $n } von { $all } Zeile
   *[other] Zum Hinzufügen: { $n } von { $all } Zeilen
}
preview-lead = Noch ist nichts gespeichert. Prüfen Sie zuerst die Liste unten.
preview-new = { $n ->
    [one] { $n } Aussage wird hinzugefügt.
   *[other] { $n } Aussagen werden hinzugefügt.
}
preview-here = { $n ->
    [one] { $n } wird übersprungen: schon da oder doppelt in der Datei.
   *[other] { $n } werden übersprungen: schon da oder doppelt in der Datei.
}
preview-bad = { $n ->
    [one] { $n } kann nicht hinzugefügt werden. Die Liste sagt, warum. Sie können die Datei verbessern und noch einmal senden.
   *[other] { $n } können nicht hinzugefügt werden. Die Liste sagt, warum. Sie können die Datei verbessern und noch einmal senden.
}
preview-add = { $n ->
    [one] { $n } Aussage hinzufügen
   *[other] { $n } Aussagen hinzufügen
}
preview-other-file = Andere Datei wählen
preview-caption = So wurde die Datei gelesen:
preview-caption-file = So wurde { $name } gelesen:
line = Zeile
what-happens = Was geschieht
fate-new = Wird hinzugefügt
fate-here = Schon da, als Nr. { $number }
fate-repeats = Gleich wie Zeile { $line }
fate-bad = Kann nicht hinzugefügt werden.
read-utf8 = Textdatei (UTF-8),
read-utf16 = Textdatei (UTF-16),
read-windows = Textdatei (Windows-Zeichensatz),
read-workbook = Excel-Datei,
read-commas = Spalten durch Kommas getrennt,
read-semicolons = Spalten durch Strichpunkte getrennt,
read-tabs = Spalten durch Tabulatoren getrennt,
read-one-column = eine Spalte,
read-column = Aussagen aus der Spalte „{ $name }“.
read-no-heading = keine Überschrift.
question-title = In welcher Spalte stehen die Aussagen?
question-lead = Die Datei hat mehrere Spalten. Die Namen der Spalten sagen nicht klar, wo die Aussagen stehen. Bitte wählen Sie die Spalte.
question-columns = Wählen Sie eine Spalte (Sie sehen von jeder den Anfang)
question-lines = Die Datei hat keine Spalten: Jede ganze Zeile ist eine Aussage, auch die erste
question-header = Die erste Zeile ist eine Überschrift
question-button = Zeigen, was hinzugefügt wird
draft-agenda = Tagesordnung entwerfen
see-agenda = Entwurf der Tagesordnung ansehen
see-published-agenda = Veröffentlichte Tagesordnung ansehen
agenda-method = Bis zur Hälfte der Plätze, aufgerundet, geht an Aussagen, denen eine klare Mehrheit jeder Gruppe zustimmt. Die übrigen Plätze werden gerecht verteilt: mehr Menschen, mehr Plätze. Danach formulieren Sie die Fragen, legen die Zeiten fest und ergänzen, verschieben oder entfernen Punkte. Jede Änderung wird gezeigt.
agenda-places = Plätze auf der Tagesordnung
agenda-draft = Tagesordnung entwerfen
agenda-draft-again = Aus den Stimmen neu entwerfen
agenda-frozen = Veröffentlicht, Fassung { $version }
agenda-none-yet = Es gibt noch keinen Entwurf.
agenda-by-hand = Nach dem Entwurf geändert
agenda-publish = Diese Tagesordnung veröffentlichen
move-up = Nach oben
move-down = Nach unten
remove = Entfernen
move-up-label = Punkt { $place } nach oben verschieben
move-down-label = Punkt { $place } nach unten verschieben
remove-label = Punkt { $place } entfernen

# What went wrong

error-not-found = Diese Seite gibt es nicht oder nicht mehr.
error-sign-in = Bitte melden Sie sich zuerst an.
error-page-not-allowed = Diese Seite ist für andere. Bitten Sie jemanden aus dem Team um eine Einladung, wenn Sie sie brauchen.
error-wrong-site = Diese Anfrage kam nicht von einer Seite dieser Website. Es wurde nichts geändert.
error-bad-form = Wir konnten nicht lesen, was gesendet wurde. Bitte gehen Sie zurück, laden Sie die Seite neu und versuchen Sie es noch einmal.
error-too-large = Das ist zu groß: Auf einmal lassen sich höchstens 4 MB senden.
error-bad-host = Diese Anfrage nennt nicht genau eine Website. Es wurde nichts geändert.
error-wrong-method = So lässt sich diese Adresse nicht benutzen. Bitte gehen Sie zurück und nehmen Sie die Schaltflächen der Seite.
error-not-a-websocket = Diese Adresse ist für WebSockets. Öffnen Sie sie mit einem WebSocket-Programm, Version 13.
error-too-fast = Von hier kam zu viel auf einmal. Bitte versuchen Sie es in { $seconds } s noch einmal.
error-internal = Hier ist etwas schiefgegangen. Bitte versuchen Sie es noch einmal.
error-unavailable = Die gespeicherten Daten sind gerade nicht erreichbar. Bitte versuchen Sie es gleich noch einmal.
error-not-saved = Das wurde nicht gespeichert. Bitte versuchen Sie es gleich noch einmal.
error-unreadable = Diese Beteiligung lässt sich gerade nicht laden. Bitte versuchen Sie es gleich noch einmal.
error-busy = Gerade geschieht zu viel auf einmal. Bitte versuchen Sie es gleich noch einmal.
error-restarting = Diese Beteiligung wird gerade neu gestartet. Bitte versuchen Sie es gleich noch einmal.
error-no-such-conversation = Diese Beteiligung gibt es nicht.
error-bad-places = Eine Tagesordnung hat zwischen 1 und { $max } Punkte.
error-needs-rule = Wer ablehnt, wählt einen der Gründe aus der Liste.
error-bad-address = „{ $text }“ kann keine Adresse sein. Nehmen Sie 1 bis 64 der Zeichen a-z, 0-9, „.“, „_“ und „-“, mit einem Buchstaben oder einer Ziffer am Anfang und am Ende.
error-too-many-at-once = Sie oder andere in Ihrem Netz haben zuletzt viele Aussagen gesendet. Bitte senden Sie diese in { $minutes ->
    [one] einer Minute
   *[other] { $minutes } Minuten
} noch einmal.
error-not-joined = Nehmen Sie zuerst teil: Diese Verbindung sieht nur zu.
error-hello-again = Diese Verbindung hat sich schon gemeldet.
error-too-many-messages = Zu viele Nachrichten; die nächste wird in { $ms } ms gelesen.
error-bad-frame-no-object = Diese Nachricht ist kein JSON-Objekt.
error-bad-frame-json = Diese Nachricht ist kein JSON; der Fehler steht in Spalte { $column }.
error-bad-frame-fields = In dieser Nachricht ist ein Feld unbekannt, fehlt oder hat einen falschen Wert: Spalte { $column }.
error-bad-frame-skips = Höchstens { $max } Aussagen lassen sich überspringen.
error-not-open = Diese Beteiligung ist nicht offen, deshalb geht das jetzt nicht.
error-unknown-statement = In dieser Beteiligung gibt es keine solche Aussage.
error-statement-not-shown = Über diese Aussage wird nicht abgestimmt.
error-unknown-participant = Sie nehmen an dieser Beteiligung noch nicht teil.
error-operation-reused = In Ihrem Browser ist etwas schiefgegangen. Es wurde nichts geändert. Bitte versuchen Sie es noch einmal.
error-statement-empty = Bitte schreiben Sie eine Aussage, der man zustimmen kann oder nicht.
error-statement-too-long = Das sind { $found } Zeichen. Bitte bleiben Sie bei { $max }, damit man es auf einen Blick lesen kann.
error-statement-exists = Aussage { $number } sagt schon dasselbe.
error-too-many-pending = Von Ihnen warten { $max } Aussagen auf die Moderation. Bitte warten Sie, bis sie gelesen sind.
error-too-many-statements = In dieser Beteiligung ist kein Platz für weitere Aussagen.
error-bad-text = { $field }: zwischen 1 und { $max } Zeichen, bitte.
error-text-too-long = { $field }: höchstens { $max } Zeichen, bitte.
error-submitted-already = Diese Aussage haben Sie schon eingereicht.
error-others-voted = Jemand anderes hat über diese Aussage abgestimmt. Deshalb bleibt sie, wie sie ist.
error-decided-already = Die Moderation hat diese Aussage abgelehnt. Sie können sie nicht mehr ändern oder zurücknehmen.
error-changed-meanwhile = Inzwischen hat sich etwas geändert. Bitte versuchen Sie es noch einmal.
error-not-draft = So lässt sich nur ein Entwurf ändern. Diese Beteiligung ist schon eröffnet.
error-deleted = Diese Beteiligung wurde gelöscht.
error-unknown-rule = Dieser Grund steht nicht auf der Liste dieser Beteiligung.
error-too-many-rules = Bitte nennen Sie höchstens { $max } Gründe, aus denen Aussagen abgelehnt werden.
error-address-taken = Eine andere Beteiligung hat schon die Adresse „{ $slug }“.
error-not-allowed = Das dürfen Sie nicht.
error-no-agenda = Es gibt noch keinen Entwurf einer Tagesordnung.
error-agenda-item = Das geht nicht. Vielleicht wurde der Punkt inzwischen entfernt. Laden Sie die Seite neu.
field-question = Die Frage
field-organiser = Wer fragt
field-description = Die Beschreibung
field-promise = Das Versprechen
field-rule = Jeder Grund für eine Ablehnung
field-reason = Der Grund
field-name = Der Name
list-not-text = Das ist weder eine Textdatei noch eine Excel-Datei. Speichern Sie sie als „CSV UTF-8“ oder als .xlsx und senden Sie sie noch einmal.
list-no-workbook = Diese Datei lässt sich nicht als Excel-Datei lesen. Speichern Sie sie als .xlsx oder als „CSV UTF-8“ und senden Sie sie noch einmal.
list-workbook-too-large = Diese Excel-Datei ist zu groß. Speichern Sie das Blatt mit der Liste als „CSV UTF-8“ und senden Sie das.
list-row = Zeile { $line }: { $what }.
list-text-after-quote = nach einem schließenden Anführungszeichen steht noch Text
list-open-quote = ein Anführungszeichen wird geöffnet und nie geschlossen
list-too-long = die Zeile ist zu lang; fehlt ein schließendes Anführungszeichen?
list-empty = In dieser Datei stehen keine Aussagen.
list-too-many = In dieser Datei stehen mehr als { $max } Aussagen.
role-participant = Teilnehmende
role-moderator = Moderation
role-overseer = Aufsicht
role-organiser = Organisation
role-owner = Leitung

### Anmelden und das eigene Konto

desk-name = Schreibtisch
desk-all = Alle Beteiligungen
desk-account = Konto
tabs-label = Diese Beteiligung
tab-run = Leiten
tab-moderate = Moderieren
tab-results = Ergebnisse
tab-agenda = Tagesordnung
tab-people = Team
tab-log = Protokoll
tab-conversations = Beteiligungen
tab-account = Konto
frame-people = { $n ->
    [one] 1 Person
   *[other] { $n } Personen
}
frame-votes = { $n ->
    [one] 1 Stimme
   *[other] { $n } Stimmen
}
frame-statements = { $n ->
    [one] 1 Aussage gezeigt
   *[other] { $n } Aussagen gezeigt
}
sign-in-title = Am Schreibtisch anmelden
sign-in-address = Ihre E-Mail-Adresse
sign-in-password = Passwort
sign-in-button = Anmelden
sign-in-wrong = Die Adresse oder das Passwort stimmt nicht. Bitte sehen Sie beides noch einmal an.
sign-in-kept = Sie wurden inzwischen abgemeldet. Melden Sie sich an, dann können Sie absenden, was Sie geschrieben haben: Es ist aufbewahrt.
sign-in-ended = Sie wurden inzwischen abgemeldet, und es ist nichts geschehen. Bitte melden Sie sich wieder an.
sign-in-how-long = Auf diesem Gerät bleiben Sie bis zu 7 Tage angemeldet. Nach 12 Stunden ohne Benutzung werden Sie abgemeldet. Füllen Sie gerade ein Formular aus, bleibt Ihr Text meist erhalten, wenn Sie sich mit Ihrem Passwort wieder anmelden.
sign-in-lost = Passwort oder App verloren? Wer diesen Server betreibt, kann einen Link machen, der Sie einmal hereinlässt.
here-to-vote = Sie möchten abstimmen?
here-to-vote-lead = Dafür brauchen Sie kein Konto.
here-to-vote-button = Offene Beteiligungen
code-title = Noch ein Schritt
code-label = Code
code-hint = Die sechs Ziffern, die Ihre App gerade zeigt, oder einer der Codes, die Sie ausgedruckt haben.
code-button = Weiter
code-wrong = Dieser Code stimmt nicht oder wurde schon benutzt. Bitte warten Sie auf den nächsten und versuchen Sie es noch einmal.
app-title = Richten Sie den zweiten Schritt ein
app-lead = Ein Passwort allein kann erraten oder gestohlen werden. Eine App auf Ihrem Telefon macht jede halbe Minute einen neuen Code: Wer nur Ihr Passwort hat, kommt nicht herein.
app-scan = 1. Scannen Sie das mit Ihrer App
app-qr = Ein QR-Code für Ihre App. Dasselbe steht darunter als Text.
app-type = Jede App für Einmalcodes ist geeignet. Keine Kamera? Tippen Sie das in die App:
app-check = 2. Tippen Sie den Code, den sie zeigt
app-code-label = Sechs Ziffern
app-again-title = App und Codes zum Ausdrucken
app-again-hint = Ein Code der App, die Sie jetzt haben, oder ein ausgedruckter. Dann richten Sie die neue ein.
app-again-button = App neu einrichten
app-codes-left = { $n ->
    [0] Keiner Ihrer ausgedruckten Codes ist übrig.
    [one] Einer Ihrer ausgedruckten Codes ist übrig.
   *[other] { $n } Ihrer ausgedruckten Codes sind übrig.
}
recovery-title = Drucken Sie diese Codes aus und verwahren Sie sie gut
recovery-lead = Zusammen mit Ihrem Passwort lässt Sie jeder dieser Codes einmal herein, wenn Sie Ihr Telefon verlieren. Sie werden nur jetzt gezeigt.
recovery-button = Ich habe sie: weiter
kept-heading = Sie sind angemeldet
kept-title = Das haben Sie geschrieben
kept-lead = Es wurde noch nicht abgesendet.
kept-button = Jetzt absenden
kept-drop = Verwerfen
enter-title = Hereinkommen
enter-as = Sie sind eingeladen als: { $role }. Machen Sie ein Konto, dann ist dieser Link verbraucht.
enter-as-known = { $name }, Sie sind eingeladen als: { $role }.
enter-address-fixed = Die Einladung nennt diese Adresse.
enter-address-hint = Damit melden Sie sich an. Kolleginnen und Kollegen sehen sie in der Teamliste und im Protokoll.
enter-password = Wählen Sie ein Passwort
enter-password-hint = Mindestens { $min } Zeichen. Am besten einige Wörter, die nur Sie so zusammenstellen würden.
enter-make = Mein Konto machen
enter-have-account = Sie haben schon ein Konto?
enter-sign-in-first = Melden Sie sich zuerst an und öffnen Sie den Link dann noch einmal.
enter-accept = Annehmen
enter-once = Dieser Link meldet Sie einmal an, ohne Passwort.
enter-button = Hereinkommen
enter-bad = Dieser Link gilt nicht. Er wurde benutzt, zurückgenommen, ist abgelaufen oder unvollständig. Bitten Sie um einen neuen.
address-bad = Das ist keine E-Mail-Adresse. Bitte schreiben Sie sie wie name@example.org.
address-taken = Mit dieser Adresse gibt es schon ein Konto. Melden Sie sich zuerst an und öffnen Sie den Link dann noch einmal.
password-too-short = Dieses Passwort ist zu kurz: Es braucht mindestens { $min } Zeichen.
password-too-long = Dieses Passwort ist zu lang: Es darf { $max } Zeichen haben.
password-too-common = Dieses Passwort würden viele erraten. Bitte wählen Sie ein anderes.
password-wrong = Das Passwort, das Sie jetzt haben, stimmt nicht.
password-title = Passwort ändern
password-now = Das Passwort, das Sie jetzt haben
password-new = Das neue
password-ends-others = Alle Ihre anderen Browser werden dann abgemeldet.
password-button = Ändern
account-title = Ihr Konto
account-who = Sie sind angemeldet als { $name }.
sessions-title = Wo Sie angemeldet sind
sessions-caption = Gehört einer davon nicht Ihnen? Melden Sie ihn ab und ändern Sie Ihr Passwort.
sessions-browser = Browser
sessions-since = Seit
sessions-here = dieser
sessions-end = Abmelden
sessions-end-all = Überall abmelden

### Team

people-title = Team dieser Beteiligung
people-instance-title = Team dieser Website
people-caption = { $n ->
    [one] Eine Rolle.
   *[other] { $n } Rollen.
}
people-address = Adresse
people-may = Darf
people-where = Wo
people-seen = Zuletzt da
people-never = noch nicht
people-you = Sie
people-leave = Rolle zurückgeben
people-role-label = Was { $name } darf
people-save-label = Speichern, was { $name } darf
people-remove-label = { $name } entfernen
may-overseer = Schaut zu
may-moderator = Moderiert
may-organiser = Organisiert
may-owner = Leitet die Website
place-everywhere = alle Beteiligungen
place-here = diese Beteiligung
place-department = Abteilung { $name }
place-no-department = keine Abteilung
invite-title = Jemanden einladen
invite-address = E-Mail-Adresse
invite-hint = Kann leer bleiben: Dann gilt der Link ein Mal für alle, die ihn haben. Mit einer Adresse gilt er nur für das Konto mit dieser Adresse.
invite-role = Was darf die Person?
invite-moderator = Aussagen moderieren
invite-organiser = Organisieren: Texte, Termine, Tagesordnung
invite-overseer = Nur zuschauen
invite-owner = Die Website leiten: alles
invite-where = Wo?
invite-button = Einladung machen
links-title = Links, die noch gelten
links-caption = { $n ->
    [one] Ein Link gilt noch.
   *[other] { $n } Links gelten noch.
}
link-anybody = wer den Link hat
link-shows-draft = Den Entwurf ansehen
link-withdraw = Zurücknehmen
invited-until = bis { $day }
made-title = Hier ist der Link
made-for = Geben Sie ihn { $address }. Er gilt ein Mal:
made-for-anybody = Geben Sie ihn der Person, für die er bestimmt ist:
made-until = Er wird nur jetzt gezeigt und gilt bis { $day }.
roles-title = Was jede Rolle darf
roles-moderate = Moderieren: entscheiden, was gezeigt wird, mit einem Grund.
roles-organise = Organisieren: all das, dazu Texte, Termine und Tagesordnung.
roles-oversee = Zuschauen: alles sehen, nichts ändern.
roles-nobody = Keine Rolle zeigt, wie eine Person abgestimmt hat. Eine Ausnahme: Nennt eine Person der Organisation ihren Code, kann diese ihre Daten herunterladen, auch die Stimmen.
leave-not-here = Ihre Rolle gilt nicht nur in dieser Beteiligung. Sie können sie auf der Seite Ihres Kontos zurückgeben.
last-owner = Das ist die letzte Person in der Leitung: Danach könnte niemand die Website leiten. Geben Sie zuerst jemand anderem diese Rolle.
owner-everywhere = Die Leitung gilt für die ganze Website, nicht für eine Abteilung.
departments-title = Abteilungen
departments-lead = Eine Abteilung ist eine Gruppe von Beteiligungen. Wer in ihr eine Rolle hat, hat sie in allen.
departments-empty = Es gibt noch keine Abteilung.
department-new = Name einer neuen Abteilung
department-add = Hinzufügen
department-rename = Umbenennen
department-name-label = Name der Abteilung { $name }
department-bad-name = Eine Abteilung braucht einen eigenen Namen mit 1 bis { $max } Zeichen.
department-title = Abteilung
department-belongs = Diese Beteiligung gehört zu
preview-link-button = Link machen, der diesen Entwurf zeigt
preview-link-hint = Wer ihn hat, kann den Entwurf 7 Tage lang ohne Konto ansehen, aber nichts ändern.

### Protokolle

log-title = Wer was getan hat
log-instance-title = Was auf dieser Website getan wurde
log-instance-lead = Konten, Anmeldungen, Rollen sowie Downloads von Protokollen und Beteiligungen. Was in einer Beteiligung getan wurde, steht in deren Protokoll.
log-caption = Aus dieser Liste kann nichts entfernt werden. Das Neueste zuerst.
log-none = Es wurde nichts gefunden.
log-when = Wann
log-who = Wer
log-what = Was
log-from = Von
log-until = Bis
log-everybody = Alle
log-everything = Alles
log-search = Zeigen
log-csv = Als CSV herunterladen
log-csv-hint = Eine Datei fasst die { $max } neuesten Einträge. Für ältere zuerst einen Zeitraum wählen.
log-group-decisions = Entscheidungen über Aussagen
log-group-statements = Erste Aussagen
log-group-rules = Texte, Regeln, Öffnen
log-group-results = Ergebnisse und Informationen
log-group-agenda = Tagesordnung
log-group-sign-ins = Anmelden
log-group-accounts = Konten
log-group-roles = Rollen und Links
log-group-instance = Abteilungen, Seiten, Dateien
log-group-data = Persönliche Daten und Löschen
log-public-link = Was alle von Entscheidungen über Aussagen sehen
log-command-line = Kommandozeile
log-boule = Boule selbst
log-import = ein Import
log-staff = das Team
log-nobody = Nr. { $number }
log-account-made = hat das Konto { $account } gemacht
log-password-changed = hat das Passwort von { $account } geändert
log-second-factor-set = hat die App von { $account } eingerichtet
log-recovery-code-used = hat einen gedruckten Code von { $account } benutzt
log-signed-in = { $account } hat sich angemeldet
log-sign-in-refused = hat eine Anmeldung als { $account } abgelehnt
log-signed-out = { $account } hat sich abgemeldet
log-sign-in-link-made = hat einen Link gemacht, der { $account } einmal anmeldet
log-invited = hat { $account } eingeladen als { $role }, { $place }
log-invited-anybody = hat eine Einladung gemacht als { $role }, { $place }{ $account }
log-invitation-withdrawn = hat eine Einladung zurückgenommen als { $role }, { $place }{ $account }
log-granted = { $account } hat jetzt die Rolle { $role }, { $place }
log-role-changed = hat { $account } eine andere Rolle gegeben: { $role }, { $place }
log-revoked = { $account } hat nicht mehr die Rolle { $role }, { $place }
log-preview-link-made = hat einen Link gemacht, der den Entwurf { $name } zeigt
log-preview-link-withdrawn = hat einen Link zurückgenommen, der den Entwurf { $name } zeigte
log-department-made = hat die Abteilung { $name } hinzugefügt
log-department-renamed = hat eine Abteilung in { $name } umbenannt
log-assigned = { $name } gehört jetzt zu: { $place }
log-log-exported = hat ein Protokoll heruntergeladen: { $name }
log-conversation-exported = hat { $name } als Dateien exportiert
did-accept = hat Nr. { $number } angenommen: „{ $text }“
did-reject = hat Nr. { $number } nicht gezeigt: „{ $text }“
did-because = Grund: { $rule }
did-put-back = lässt Nr. { $number } wieder warten: „{ $text }“
did-add = hat Nr. { $number } hinzugefügt: „{ $text }“
did-reword = hat Nr. { $number } neu formuliert: „{ $text }“
did-remove = hat Nr. { $number } entfernt{ $text }
did-move-item = hat einen Punkt der Tagesordnung verschoben
did-remove-item = hat einen Punkt von der Tagesordnung entfernt
did-reorder = hat die ersten Aussagen anders geordnet
did-create = hat die Beteiligung angelegt
did-change = hat Texte oder Regeln geändert
did-rename = hat ihr eine andere Adresse gegeben
did-delete = hat sie gelöscht
did-open = hat sie für Stimmen geöffnet
did-close = hat sie beendet
did-draft = hat die Tagesordnung aus den Stimmen entworfen
did-publish = hat die Tagesordnung veröffentlicht
did-enter = hat eingetragen, was jemand sagt oder ist
head-title = Fingerabdruck dieses Protokolls
head-claim = Notieren Sie ihn außerhalb dieser Website. Ändert später jemand, was das Protokoll bis hierher sagt, auch mit Zugang zur Datenbank, zeigt es der Vergleich.
head-line = { $seq ->
    [one] Nach 1 Ereignis:
   *[other] Nach { $seq } Ereignissen:
}
heads-button = Fingerabdrücke aller Protokolle herunterladen
moderation-log-title = Entscheidungen der Moderation
moderation-log-lead = Hier steht, was die Moderation gezeigt, nicht gezeigt, zusammengelegt, eingeordnet, nicht mitgezählt oder wieder mitgezählt hat. Ein Grund steht dabei, wo es einen gibt. Worte, die nicht gezeigt werden, stehen auch hier nicht.
moderation-log-empty = Es wurde noch nichts entschieden.
moderation-log-caption = Das Neueste zuerst.
moderation-log-decision = Entscheidung
moderation-log-by = Entschieden von
moderation-log-day = Tag
moderation-log-number = Nr. { $number }
moderation-log-accepted = gezeigt
moderation-log-rejected = nicht gezeigt
moderation-log-back = wartet wieder

### Tage

date-day = { $day }. { $month } { $year }
date-moment = { $day }, { $time } Uhr
month-1 = Januar
month-2 = Februar
month-3 = März
month-4 = April
month-5 = Mai
month-6 = Juni
month-7 = Juli
month-8 = August
month-9 = September
month-10 = Oktober
month-11 = November
month-12 = Dezember

### Was versprochen ist

tab-prepare = Vorbereiten
prepare-title = Texte, Versprechen und Regeln
prepare-lead = Bis die Beteiligung offen ist, können Sie alles ändern. Was hier beim Öffnen steht, ist das, was den Menschen versprochen wird.
prepare-lead-open = Das wurde den Menschen versprochen. Sie können es mit einem Grund ändern: Den Grund lesen alle.
prepare-words = Was gefragt wird
prepare-promise = Was versprochen wird
prepare-rules = Regeln und Termine
form-slug-choose = Die Adresse selbst wählen
form-slug-needed = Bitte wählen Sie eine Adresse.
form-description-hint = Adressen von Webseiten werden zu Links.
form-minutes = Wie viele Minuten dauert es?
form-languages-hint = Ihre Kürzel, zum Beispiel: en, de
form-reason = Warum ändern Sie es?
form-reason-hint = Alle, die teilnehmen, lesen das.
form-opens-at = Öffnet sich von selbst am
form-opens-hint = Kann leer bleiben: Dann öffnen Sie mit einem Knopf.
form-closes-at = Endet von selbst am
form-closes-hint = Seiten, die dann offen sind, erfahren es.
form-after-n = Eigene Stimmen, bevor Ergebnisse zu sehen sind
form-max-characters = Längste Aussage, in Zeichen (80 bis 400)
form-privacy-min = Kleinste Gruppe, deren Stimmen gezeigt werden
form-privacy-min-hint = Mindestens 5: Weniger Menschen könnte man erkennen.
terms-decides = Wer entscheidet
terms-influence = Wie viel Ihre Antworten zählen
terms-in-scope = Worum es geht
terms-out-of-scope = Worum es nicht geht
terms-closes = Offen bis
terms-minutes = Wie lange es dauert
terms-minutes-n = { $n ->
    [one] etwa eine Minute
   *[other] etwa { $n } Minuten
}
terms-languages = Sprachen
terms-results = Wann Sie Ergebnisse sehen
terms-statement = Wie lang eine Aussage sein darf
terms-statement-n = { $n } Zeichen
terms-privacy = Wie Ihre Stimmen privat bleiben
terms-privacy-n = Stimmen von weniger als { $n } Menschen werden nie als eigene Gruppe gezeigt.
influence-inform = Sie erfahren, was entschieden wird.
influence-consult = Sie werden gehört, bevor entschieden wird.
influence-involve = Sie erfahren, wie das, was Sie gesagt haben, in die Entscheidung eingegangen ist.
influence-collaborate = Die Entscheidung wird zusammen mit Ihnen erarbeitet.
influence-empower = Was Sie entscheiden, wird umgesetzt.
promise-decides = Es entscheidet: { $who }.
promise-open-until = Offen bis { $day }.
promise-opens = Öffnet sich am { $day }.
promise-results-always = Jederzeit.
promise-results-after = { $n ->
    [one] Nach Ihrer ersten Stimme, und wenn die Beteiligung beendet ist.
   *[other] Nach { $n } eigenen Stimmen, und wenn die Beteiligung beendet ist.
}
promise-results-at-close = Wenn die Beteiligung beendet ist.
promise-changes = Was seit dem Öffnen geändert wurde
steps-title = Was mit den Ergebnissen geschieht, und bis wann
steps-lead = Diese Liste sehen alle. An jedem Tag erwartet man eine Antwort von Ihnen: Ist der Tag ohne Antwort vorbei, sagt die Seite das.
steps-empty = Noch ist kein Termin versprochen.
step-due = Bis zu welchem Tag?
step-what = Was wird geschehen sein?
step-what-hint = Zum Beispiel: Der Rat antwortet auf die zehn Aussagen, denen die meisten zustimmen.
step-add = Diesen Termin hinzufügen
step-change-label = Ändern: { $what }
step-remove-hint = Leeren Sie das Feld, um den Termin zu streichen.
step-bad-day = Bitte wählen Sie einen Tag.
step-answered = Beantwortet am { $day }
step-late = Noch nicht beantwortet. Fällig war es am { $day }.
step-answer = Antworten
step-answer-label = Was ist daraus geworden?
step-answer-button = Antwort veröffentlichen
dates-title = Termine
dates-opens = Öffnet sich von selbst: { $day }
dates-closes = Endet von selbst: { $day }
checklist-title = Einrichten: { $done } von { $all }
check-todo = offen
check-label = Ändern: { $what }
check-question = Die Frage, und wer fragt
check-promise = Wer entscheidet, und wie viel Antworten zählen
check-steps = Was mit den Ergebnissen geschieht, und bis wann
check-policy = Gründe, eine Aussage nicht zu zeigen
check-closes = Der Tag, an dem die Beteiligung endet
check-seeds = Zehn erste Aussagen oder mehr
check-colleagues = Jemand aus dem Team eingeladen
copy-label = Als Vorlage kopieren, an die Adresse
copy-hint = Die Kopie ist ein Entwurf mit denselben Texten, Regeln und ersten Aussagen. Ihre Termine sind noch zu setzen.
copy-button = Kopieren
archive-hint = Rückt an das Ende Ihrer Liste und verschwindet von der Startseite. Die Adresse gilt weiter.
archive-button = Weglegen
archived-hint = Diese Beteiligung ist weggelegt.
unarchive-button = Zurückholen
state-archived = weggelegt
did-answer = hat gesagt, was aus einem Versprechen geworden ist
log-archived = hat { $name } weggelegt
log-unarchived = hat { $name } zurückgeholt
error-reason-needed = Bitte sagen Sie, warum Sie es ändern: Alle, die teilnehmen, lesen den Grund.
error-unknown-step = So etwas wurde nicht versprochen.
error-too-many-steps = Ein Versprechen hat höchstens { $max } Termine.
field-answer = Die Antwort

nav-sign-in = Anmelden fürs Team
recovers-note = Sie sind mit einem einmaligen Link oder einem gedruckten Code hereingekommen. Eine halbe Stunde lang können Sie hier Passwort und App neu einrichten, ohne die alten. Ein einmaliger Link trennt Ihr Konto auch von Diensten, die Sie angemeldet haben: Verbinden Sie es unten wieder, wenn Sie möchten.
own-roles-title = Was Sie dürfen
own-roles-none = Sie haben keine Rolle mehr. Bitten Sie jemanden aus dem Team um eine Einladung.
own-roles-caption = Jede davon können Sie zurückgeben.
enter-not-yours = Diese Einladung gilt für eine andere Adresse als die, mit der Sie angemeldet sind.
enter-holds-another = Sie haben dort schon die Rolle „{ $role }“. Wenn Sie annehmen, verlieren Sie, was Sie damit dürfen. Bitten Sie, wer dort leitet, Ihre Rolle zu ändern.
log-invitation-accepted = { $account } hat eine Einladung angenommen als { $role }, { $place }

# Vergessen

own-data-title = Ihre Daten
own-data-hint = Sie können alles, was Sie hier gesagt haben, herunterladen. Sie können auch Ihre Aussagen löschen und die Verbindung zwischen diesem Browser und Ihren Stimmen.
own-data-button = Meine Daten herunterladen
erase-link = Meine Daten löschen …
erase-title = Meine Daten löschen
erase-what = In dieser Beteiligung haben Sie { $votes ->
    [one] { $votes } Stimme
   *[other] { $votes } Stimmen
} abgegeben und { $statements ->
    [one] { $statements } Aussage
   *[other] { $statements } Aussagen
} geschrieben.
erase-goes = Was verschwindet
erase-goes-words = Ihre Aussagen verschwinden, außer wenn jemand anderes dasselbe geschrieben hat.
erase-goes-link = Die Verbindung zwischen diesem Browser und Ihren Stimmen verschwindet. Sie können Ihre Stimmen dann nicht mehr sehen oder ändern.
erase-goes-votes = Ihre Stimmen zählen nicht mehr.
erase-stays = Was bleibt
erase-stays-counted = Ihre Stimmen bleiben unter einer Nummer im Protokoll und zählen weiter. Dort steht nicht, von wem sie sind.
erase-stays-uncounted = Ihre Stimmen bleiben unter einer Nummer im Protokoll, zählen aber nicht mehr. Dort steht nicht, von wem sie sind.
erase-for-good = Das lässt sich nicht rückgängig machen.
erase-button = Für immer löschen
erase-not = Alles so lassen
erase-nothing = Hier ist nichts von Ihnen: Dieser Browser hat in dieser Beteiligung nicht abgestimmt und nichts geschrieben.
erased-done = Ihre Daten sind gelöscht.
erased-stays = Nur Ihre Stimmen bleiben, unter einer Nummer. Im Protokoll steht nicht, von wem sie sind.
request-title = Oder bitten Sie die Organisation
request-code-hint = Wenn die Organisation das für Sie tun soll, nennen Sie ihr diesen Code. Wer ihn hat, kann Ihre Daten bekommen, auch Ihre Stimmen, und Ihre Daten löschen lassen: Geben Sie ihn sonst niemandem.
requests-title = Anfragen zu persönlichen Daten
requests-intro = Alle können ihre Daten auf der Seite „Meine Stimmen“ herunterladen oder löschen. Manche werden stattdessen Sie fragen. Bitten Sie sie um den Code, den ihre Seite „Meine Daten löschen“ zeigt: Nach Namen lässt sich niemand finden.
request-code = Der Code der Person
request-code-where = Er steht auf ihrer Seite „Meine Daten löschen“ und sieht so aus: 3f2-a90-77b-c1d-e04.
request-why = Warum Sie löschen. Das bleibt im Protokoll: Schreiben Sie keinen Namen.
request-data-button = Daten der Person herunterladen
request-erase-button = Daten der Person für immer löschen
request-erases-counted = Die Aussagen dieser Person werden gelöscht, außer wenn jemand anderes dasselbe gesendet hat. Niemand kann ihre Stimmen mehr nachsehen. Ihre Stimmen bleiben unter einer Nummer im Protokoll und zählen weiter. Das lässt sich nicht rückgängig machen.
request-erases-uncounted = Die Aussagen dieser Person werden gelöscht, außer wenn jemand anderes dasselbe gesendet hat. Niemand kann ihre Stimmen mehr nachsehen. Ihre Stimmen bleiben unter einer Nummer im Protokoll, zählen aber nicht mehr. Das lässt sich nicht rückgängig machen.
request-erased = Die Daten sind gelöscht.
request-unknown-code = Niemand hier hat diesen Code. Vielleicht ist er vertippt, gehört zu einer anderen Beteiligung oder zu jemandem, dessen Daten schon gelöscht sind.
form-forgets-at = Tag, an dem Boule vergisst, wer welche Stimmen abgegeben hat
form-forgets-hint = An diesem Tag vergisst Boule, welcher Browser welche Stimmen abgegeben hat, und löscht alle Aussagen, die dann nicht gezeigt werden. Läuft die Abstimmung noch, endet sie. Das lässt sich nicht rückgängig machen.
form-erases-votes = Wenn jemand seine Daten löscht, zählen die Stimmen nicht mehr (ohne Haken zählen sie weiter)
check-forgets = Der Tag, an dem Boule vergisst, wer welche Stimmen abgegeben hat
terms-forgets = Was wir wann vergessen
terms-forgets-on = Am { $day } löschen wir die Verbindungen zwischen Browsern und Stimmen und alle Aussagen, die dann nicht gezeigt werden. Gezeigte Aussagen und Ergebnisse bleiben. Danach kann niemand mehr Ihre Stimmen oder Aussagen für Sie finden.
terms-forgets-never = Es ist kein Tag festgelegt, an dem die Verbindungen zwischen Browsern und Stimmen gelöscht werden.
terms-erases-votes = Sie können Ihre Daten selbst löschen: Ihre Stimmen zählen dann nicht mehr.
terms-keeps-votes = Sie können Ihre Daten selbst löschen: Ihre Stimmen zählen weiter, und im Protokoll steht nicht, von wem sie sind.
deletion-title = Diese Beteiligung löschen
deletion-hint = In 14 Tagen löscht Boule alle Verbindungen zu Personen und alles, was nicht veröffentlicht war. Was veröffentlicht war, können weiter alle lesen: die Frage, Ihr Versprechen, die wichtigsten Ergebnisse und die Aussagen, die gezeigt werden. Auch die Stimmen unter Nummern bleiben im Protokoll. Bis dahin können Sie es zurücknehmen; auch wer die Beteiligung wieder öffnet, nimmt es zurück.
deletion-label = Zur Bestätigung { $slug } eingeben
deletion-button = In 14 Tagen löschen
deletion-planned = Diese Beteiligung wird am { $day } gelöscht.
deletion-keep = Doch behalten
kept-note = Diese Beteiligung wurde am { $day } gelöscht. Ihre wichtigsten Ergebnisse bleiben hier stehen.
kept-counts = { $people ->
    [one] { $people } Person hat
   *[other] { $people } Personen haben
} { $votes ->
    [one] { $votes } Stimme
   *[other] { $votes } Stimmen
} abgegeben.
kept-agree = Wozu die Menschen gemeinsam Ja sagten
kept-disagree = Was die Menschen gemeinsam ablehnten
kept-unanswered = Nicht beantwortet.
kept-changed = Geändert am { $day }: { $reason }
kept-statements = Alle Aussagen
kept-caption = { $n ->
    [one] { $n } Aussage und ihre Stimmen
   *[other] { $n } Aussagen und ihre Stimmen
}
kept-head = Aus den Stimmen berechnet. Vergleichen Sie zum Prüfen den Fingerabdruck des Protokolls (Eintrag { $version }):
did-erase = hat die Daten einer Person auf deren Wunsch gelöscht
did-destroy-links = hat wie versprochen gelöscht, was Beteiligte mit ihren Stimmen verband
did-plan-deletion = hat die Löschung für den { $day } geplant
did-keep-after-all = hat die Löschung zurückgenommen
log-erased-themselves = hat in { $name } die Daten einer Person gelöscht, die das auf ihrer Seite verlangt hat
log-person-erased = hat in { $name } die Daten einer Person gelöscht
log-links-destroyed = hat in { $name } gelöscht, was Beteiligte mit ihren Stimmen verband
log-deletion-planned = hat die Löschung von { $name } geplant
log-deletion-called-off = hat die Löschung von { $name } zurückgenommen
log-conversation-deleted = hat { $name } gelöscht
log-personal-data-sent = hat die Daten einer Person aus { $name } heruntergeladen
error-still-open = Diese Beteiligung läuft noch. Beenden Sie sie zuerst.
error-links-destroyed = Boule hat wie versprochen vergessen, wer welche Stimmen abgegeben hat, deshalb lässt sich die Beteiligung nicht wieder öffnen. Kopieren Sie sie stattdessen als Vorlage.

# Seiten über diese Website

footer-label = Über diese Website
page-privacy = Datenschutz
page-accessibility = Barrierefreiheit
page-imprint = Impressum
page-processing = Welche Daten wir verarbeiten
page-has-gaps = Diese Seite hat noch Lücken in eckigen Klammern. Wer diese Website betreibt, muss sie ausfüllen.
page-gap-site = die Adresse dieser Website
page-gap-contact = wie man die Betreibenden dieser Website erreicht
page-bad = Bitte schreiben Sie etwas, höchstens 100.000 Zeichen. Nichts wurde geändert.
tab-pages = Seiten zur Website
pages-title = Seiten über diese Website
pages-lead = Die meisten dieser Seiten verlangt das Gesetz. Boule bringt für jede einen Text mit. Füllen Sie aus, was in eckigen Klammern steht, und ändern Sie, was bei Ihnen anders ist. Die Texte sind nicht juristisch geprüft. Alle können sie lesen, auch das Verzeichnis: Schreiben Sie nichts hinein, was bei einem Angriff hilft.
pages-caption = Die Seiten in der Fußzeile
pages-page = Seite
pages-language = Sprache
pages-gaps = hat Lücken
pages-filled = keine Lücken
pages-own = eigener Text
pages-template = Text von Boule
pages-look = So sehen alle die Seite
pages-text = Text
pages-text-hint = Eine Zeile „# Titel“ ist der Titel, „## Überschrift“ beginnt einen Abschnitt, Zeilen mit „- “ bilden eine Liste, eine leere Zeile trennt Absätze.
pages-reset = Diesen Text löschen und den von Boule nehmen
log-page-changed = hat die Seite „{ $name }“ geändert ({ $language })

# E-Mail

made-mailed = Die Einladung ist per E-Mail unterwegs.
mail-end = Diese E-Mail kommt von { $site }.
mail-invitation-subject = Einladung ins Team einer Bürgerbeteiligung
mail-invitation = Sie sind zur Mitarbeit eingeladen, als: { $role }. Öffnen Sie diesen Link, um anzunehmen:

    { $url }

    Er gilt einmal, bis { $day }. Wer ihn hat, kann ihn benutzen: Geben Sie ihn nicht weiter. Wenn Sie diese E-Mail nicht erwartet haben, brauchen Sie nichts zu tun.
mail-password-subject = Ihr Passwort wurde geändert
mail-password = Das Passwort Ihres Kontos wurde gerade geändert. Ihre anderen Browser wurden abgemeldet. Wenn Sie das nicht waren, melden Sie es sofort den Betreibenden der Website.
mail-app-subject = Ihre Code-App wurde eingerichtet
mail-app = Gerade wurde eine App eingerichtet, die Codes für Ihr Konto erzeugt. Wenn Sie das nicht waren, melden Sie es sofort den Betreibenden der Website.
mail-waiting-subject = Aussagen warten auf die Moderation
mail-waiting = { $n ->
    [one] Eine Aussage wartet
   *[other] { $n } Aussagen warten
} länger, als versprochen ist ({ $hours ->
    [one] eine Stunde
   *[other] { $hours } Stunden
}), in:

    { $question }

    { $url }
mail-closing-subject = Eine Beteiligung endet bald
mail-closing = Diese Beteiligung endet am { $day }:

    { $question }

    { $url }
mail-heads-subject = Fingerabdrücke aller Protokolle
mail-heads = Bewahren Sie diese E-Mail so auf, dass niemand sie ändern kann, der { $site } betreibt. Jede Zeile unten steht für ein Protokoll: sein Name, sein letzter Eintrag und dessen Fingerabdruck. Kopieren Sie diese Zeilen in eine Datei: „boule check --heads DATEI“ findet dann jede spätere Änderung an dem, was davor war.

    { $heads }
form-moderated-within = Die Moderation entscheidet innerhalb von so vielen Stunden
form-moderated-hint = Alle können dieses Versprechen lesen. Warten Aussagen länger, bekommt die Moderation eine E-Mail, falls diese Website welche verschickt. Leer heißt: Es wird nichts versprochen.
terms-moderated = Wie schnell die Moderation entscheidet
terms-moderated-n = { $n ->
    [one] Innerhalb einer Stunde
   *[other] Innerhalb von { $n } Stunden
}
log-backed-up = hat alles in eine Sicherung kopiert
log-restored = hat eine Sicherung eingespielt. Was zwischen der Sicherung und dieser Zeile geschah, fehlt.

# Anmeldung über einen Anbieter

sign-in-with = Mit { $name } anmelden
enter-with = { $name } statt eines Passworts benutzen
sign-in-go-on = Weiter zu { $name }
sign-in-provider-down = { $name } ist gerade nicht erreichbar. Versuchen Sie es später, oder melden Sie sich mit Ihrem Passwort an, falls Sie eines haben.
sign-in-provider-failed = Diese Anmeldung hat nicht geklappt oder zu lange gedauert. Bitte versuchen Sie es noch einmal.
sign-in-provider-no-address = { $name } hat Ihre E-Mail-Adresse nicht bestätigt, deshalb wurde kein Konto angelegt. Öffnen Sie die Einladung noch einmal und wählen Sie ein Passwort, oder fragen Sie die Betreibenden von { $name }.
sign-in-provider-unknown = Mit Ihrer Anmeldung bei { $name } ist hier kein Konto verbunden. Wenn Sie ein Konto haben, melden Sie sich mit dem Passwort an und verbinden Sie es auf der Seite „Ihr Konto“. Wenn nicht, brauchen Sie zuerst eine Einladung.
log-provider-linked = { $account } kann sich jetzt über den Anbieter anmelden
log-provider-unlinked = { $account } kann sich nicht mehr über den Anbieter anmelden
provider-title = Anmelden mit { $name }
provider-about = Verbinden Sie Ihr Konto mit { $name }. Dann können Sie sich dort anmelden, ohne Passwort und Code dieser Website.
provider-joined = { $name } meldet Sie hier an.
provider-join-button = Mit { $name } verbinden
provider-part-hint = Danach melden Sie sich mit Passwort und Code an. Ihre anderen Browser werden abgemeldet.
provider-part-button = Von { $name } trennen
provider-part-password = Wählen Sie zuerst ein Passwort. Ohne Passwort könnten Sie sich nicht mehr anmelden.
provider-other-address = Ihr Konto wurde nicht verbunden. { $name } hat die E-Mail-Adresse dieses Kontos nicht bestätigt. Vielleicht war dort in diesem Browser jemand anderes angemeldet.
provider-not-joined = Ihr Konto wurde nicht verbunden. Entweder gehört diese Anmeldung bei { $name } zu einem anderen Konto hier, oder Ihr Konto ist schon mit einer anderen Anmeldung dort verbunden.
sign-in-again = Sie haben sich vor mehr als einer halben Stunde angemeldet. Melden Sie sich ab und wieder an und tun Sie es dann. Wenn Sie mit einem Link hereingekommen sind, bitten Sie zuerst um einen neuen.
account-too-long-ago = Ihr erstes Passwort und Ihre erste App können Sie nur in der ersten halben Stunde nach der Anmeldung einrichten. Melden Sie sich dafür ab und wieder an. Wenn Sie mit einem Link hereingekommen sind, bitten Sie zuerst um einen neuen.
mail-provider-joined-subject = Eine weitere Anmeldung für Ihr Konto
mail-provider-joined = Ihr Konto wurde gerade mit { $name } verbunden. Wer in diesem Moment dort angemeldet war, kann Ihr Konto hier von jetzt an nutzen. Waren Sie das nicht? Dann trennen Sie Ihr Konto auf der Seite „Ihr Konto“ von { $name } und sagen Sie den Betreibenden der Website sofort Bescheid.
mail-provider-parted-subject = Eine Anmeldung für Ihr Konto wurde entfernt
mail-provider-parted = Ihr Konto wurde gerade von { $name } getrennt. Ihre anderen Browser wurden abgemeldet. Wenn Sie das nicht waren, melden Sie es sofort den Betreibenden der Website.
requests-not-yours = Das kann nur die Organisation. Geben Sie die Anfrage weiter.
deletion-why = Warum (Ihr Team kann es im Protokoll lesen)
pages-not-yours = Ändern kann es nur die Leitung.
or = Oder
erase-download-first = Meine Daten zuerst herunterladen
request-erase-title = Daten der Person löschen
data-title = Daten und Löschung
sign-in-kept-elsewhere = Was Sie geschrieben haben, bleibt nur erhalten, wenn Sie sich mit Ihrem Passwort anmelden. Für eine andere Anmeldung öffnen Sie einen neuen Tab, melden sich dort an, kommen zurück und laden diese Seite neu.
erase-again = Wenn Sie hier später wieder abstimmen, zählen Sie als neue Person.
kept-erase = Herausnehmen
kept-erase-label = Aussage { $number } aus dem Aufbewahrten herausnehmen
log-kept-erased = hat eine Aussage aus dem herausgenommen, was von { $name } aufbewahrt ist

## Was wichtig ist, was veröffentlicht wird, was die Moderation entscheidet, während man abstimmt

important-to-me = Das ist mir wichtig
mine-important = Ihnen wichtig
important-title = Was vielen wichtig ist
important-hint = Alle konnten markieren, was ihnen wichtig ist. Jede dieser Aussagen haben mindestens 2 von 10 Personen markiert, die darüber abgestimmt haben. Eine Aussage fehlt, wenn nur sehr wenige sie markiert haben oder nur sehr wenige nicht.
important-share = von mindestens { $percent } % derer markiert, die darüber abgestimmt haben
form-important = Alle können markieren, was ihnen wichtig ist. Was viele markiert haben, wird nach dem Ende der Abstimmung gezeigt.
list-mode = Alle Aussagen als Liste
list-title = Alle Aussagen
list-voted = Sie haben über { $voted } von { $all ->
    [one] { $all } Aussage
   *[other] { $all } Aussagen
} abgestimmt.
list-one-by-one = Eine nach der anderen
information-title = Lesen Sie das zuerst ({ $minutes ->
    [one] { $minutes } Minute
   *[other] { $minutes } Minuten
})
information-version = Fassung { $version } vom { $day }
information-heading = Was man vor dem Abstimmen lesen soll
information-label = Fakten in einfachen Worten
information-hint = Der Text steht über der ersten Aussage. Mit jeder Änderung entsteht eine neue Fassung, und zu jeder Stimme wird vermerkt, welche Fassung zu lesen war.
decided-taken-down = Die Moderation zeigt diese Aussage nicht mehr.
decided-own-accepted = Ihre Aussage wurde angenommen. Jetzt stimmen andere darüber ab.
decided-own-rejected = Die Moderation zeigt Ihre Aussage nicht. Unter „Meine Stimmen“ steht, warum.
decided-own-pending = Die Moderation sieht sich Ihre Aussage noch einmal an.
the-organiser = der Organisation
headline-by = Überschrift von { $organiser }, { $day }. Die Zahlen darunter sind aus den Stimmen berechnet.
headline-label = Ihre eigene Überschrift über den Ergebnissen
headline-hint = Höchstens 140 Zeichen. Es wird gezeigt, dass sie von Ihnen ist.
agenda-publish-title = Die Tagesordnung als Fassung { $version } veröffentlichen?
snapshot-title = Ergebnisse vom { $day }
snapshot-note = Diese Seite zeigt die Ergebnisse, wie sie an diesem Tag waren. Es fehlen nur Aussagen, die nicht mehr gezeigt werden.
snapshot-now = Die Ergebnisse von jetzt ansehen
snapshot-hint = Halten Sie die Ergebnisse von jetzt fest. Die Adresse dafür bleibt.
snapshot-button = Ergebnisse von heute festhalten
timeline-title = Was wann geschah
timeline-opened = Die Abstimmung wurde geöffnet
timeline-closed = Die Abstimmung wurde beendet
timeline-changed = Die Regeln wurden geändert
timeline-snapshot = Ergebnisse wurden festgehalten
timeline-agenda = Die Tagesordnung wurde veröffentlicht
timeline-answer = Die Organisation hat geantwortet
timeline-rows = Stimmen wurden freigegeben
check-rows = Stimmen als Zeilen (CSV)
check-rows-text = Am { $day } wurden die Stimmen von { $n ->
    [one] { $n } Person
   *[other] { $n } Personen
} freigegeben: eine Zeile je Person, in zufälliger Reihenfolge. Namen, Zeiten und wer welche Aussage geschrieben hat, stehen nicht darin.
check-rows-same = Mit dem freien Programm Boule lässt sich daraus die Karte von diesem Tag berechnen: boule analyse --rows DATEI.
check-rows-warning = Wer einige Stimmen einer Person kennt, kann die Zeile dieser Person erkennen. Kleine Zahlen sind in dieser Datei nicht verborgen. Ihr Fingerabdruck (SHA-256):
check-rows-promised = Nach dem Ende der Abstimmung darf die Organisation Stimmen als Datei freigeben: eine Zeile für jede Person auf der Karte, ohne Namen und Zeiten. Wer einige Stimmen einer Person kennt, kann die Zeile dieser Person erkennen.
terms-releases-rows = Nach dem Ende der Abstimmung darf die Organisation Stimmen als Datei freigeben: eine Zeile für jede Person auf der Karte, ohne Namen und Zeiten. Wer einige Ihrer Stimmen kennt, kann Ihre Zeile erkennen.
form-releases-rows = Nach dem Ende der Abstimmung dürfen Stimmen freigegeben werden: eine Zeile für jede Person auf der Karte, ohne Namen. Das gilt nur, wenn Sie es vor dem ersten Öffnen ankreuzen und angekreuzt lassen.
rows-link = Stimmen als Zeilen freigeben …
rows-released = Stimmen wurden am { $day } als Zeilen freigegeben.
rows-title = Stimmen als Zeilen freigeben
rows-what = Die Datei hat { $n ->
    [one] eine Zeile
   *[other] { $n } Zeilen
}: eine für jede Person auf der Karte, mit ihren Stimmen zu den Aussagen, die gezeigt werden. Namen, Zeiten und wer welche Aussage geschrieben hat, stehen nicht darin. Die Zeilen stehen in zufälliger Reihenfolge.
rows-found-title = Wie leicht man Personen erkennt
rows-unique = Zeilen, die es nur einmal gibt: { $unique } von { $n }.
rows-found = Angenommen, jemand kennt { $known } Stimmen einer Person. Dann passt nur eine Zeile, bei etwa { $percent } % der Personen mit so vielen Stimmen.
rows-found-text = Wer eine Zeile findet, kennt alle Stimmen darin. Kleine Zahlen sind nicht mehr verborgen, sobald die Datei veröffentlicht ist.
rows-authors = Wer eine Aussage schreibt, stimmt ihr zu. Haben nur wenige darüber abgestimmt, kann eine Zeile deshalb zeigen, wer sie geschrieben hat.
rows-for-good = Das lässt sich nicht zurücknehmen, und es geht nur einmal.
rows-button = Die Stimmen endgültig freigeben
field-headline = Die Überschrift
field-information = Der Text zum Lesen
error-too-many-snapshots = Sie haben schon { $max }-mal Ergebnisse festgehalten. Mehr sind in einer Beteiligung nicht möglich.
error-rows-released = Die Stimmen wurden schon freigegeben. Das geht nur einmal.
error-rows-not-promised = Vor dem Abstimmen wurde nicht gesagt, dass Stimmen freigegeben werden. Darum bleiben sie hier.
did-headline = hat die Überschrift über den Ergebnissen geschrieben
did-information = hat geschrieben, was man vor dem Abstimmen lesen soll
did-keep-results = hat die Ergebnisse festgehalten
did-release-rows = hat Stimmen als Zeilen freigegeben

## Eine E-Mail, und Rahmen anderer Websites

follow-title = Eine E‑Mail bekommen
follow-text = Wir schreiben Ihnen einmal. Danach löschen wir Ihre Adresse.
follow-link = Eine E-Mail bekommen, wenn es Neues gibt
follow-decision-link = Eine E-Mail zur Entscheidung bekommen
follow-when = Wann möchten Sie die E-Mail bekommen?
follow-results = Wenn die Abstimmung beendet ist
follow-answers = Wenn es eine Tagesordnung oder eine Antwort gibt
follow-decision = Wenn über Ihre Aussage entschieden ist
follow-address = Ihre E-Mail-Adresse
follow-hint = Zuerst schicken wir Ihnen einen Link zum Bestätigen. Ihre Stimmen werden nicht mit der Adresse verbunden.
follow-hint-decision = Zuerst schicken wir Ihnen einen Link zum Bestätigen. Bis die E-Mail verschickt ist, speichern wir Ihre Adresse zusammen mit Ihrer Aussage. Danach löschen wir sie.
follow-button = Link schicken
follow-bad-address = Das ist keine E-Mail-Adresse.
follow-asked = Wenn wir an diese Adresse schreiben können, ist eine E-Mail mit einem Link unterwegs. Öffnen Sie ihn innerhalb von zwei Tagen.
follow-back = Zurück zur Frage
follow-confirm = Ja, schreiben Sie mir
follow-confirmed = Gut: Wir schreiben Ihnen einmal.
follow-stop = Bitte keine E-Mail: Adresse löschen
follow-stopped = Ihre Adresse ist gelöscht. Es kommt keine E-Mail.
follow-gone = Dieser Link gilt nicht mehr: Die E-Mail ist verschickt, oder die Adresse wurde gelöscht.
mail-follow-asked-subject = Möchten Sie eine E-Mail von uns?
mail-follow-asked =
    Jemand hat diese Adresse angegeben, um eine E-Mail zu „{ $question }“ zu bekommen. Wenn Sie das waren, öffnen Sie diese Seite und drücken Sie den Knopf:
    { $url }

    { $what }, schreiben wir Ihnen einmal. Auf derselben Seite können Sie auch absagen.

    Wenn nicht, tun Sie nichts. Die Adresse wird nach zwei Tagen gelöscht.
mail-follow-subject = Es gibt Neues
mail-follow-results =
    Die Abstimmung zu „{ $question }“ ist beendet. Hier sind die Ergebnisse:
    { $url }

    Sie wollten diese E-Mail. Es ist die einzige: Ihre Adresse wird gelöscht.
mail-follow-answers =
    Zu „{ $question }“ gibt es eine Tagesordnung oder eine Antwort:
    { $url }

    Sie wollten diese E-Mail. Es ist die einzige: Ihre Adresse wird gelöscht.
mail-follow-decision =
    Über Ihre Aussage zu „{ $question }“ ist entschieden. Öffnen Sie diese Seite in dem Browser, in dem Sie sie geschrieben haben:
    { $url }

    Sie wollten diese E-Mail. Es ist die einzige: Ihre Adresse wird gelöscht.
embed-no-mine = Stimmen in diesem Rahmen zählen wie alle anderen. Die Seite „Meine Stimmen“ zeigt sie nicht, und Sie können sie nicht selbst löschen.
embed-open-alone = In neuem Tab öffnen
embed-expired = Diese Seite war länger als einen Tag offen, darum wurde Ihre Stimme nicht gespeichert. Bitte stimmen Sie noch einmal ab.
embed-title = Auf einer anderen Website zeigen
embed-hint = Fügen Sie das in die Seite einer Website ein, die hier erlaubt ist. Wer diesen Server betreibt, legt fest, welche das sind.
embed-none = Keine andere Website darf das in einem Rahmen zeigen. Wer diesen Server betreibt, kann Websites erlauben (Einstellung embed_sites).

# Making an agenda

agenda-unpublished = Tagesordnung, noch nicht veröffentlicht
agenda-changed-since = Tagesordnung, seit der Veröffentlichung geändert
agenda-save = Speichern
undo = Rückgängig
redo = Wiederholen
agenda-last-change = Letzte Änderung ({ $when }, { $who }): { $what }
agenda-minutes = insgesamt { $used ->
    [one] eine Minute
   *[other] { $used } Minuten
}
agenda-minutes-of = { $used } von { $all } Minuten vergeben
agenda-items = { $n ->
    [one] ein Punkt
   *[other] { $n } Punkte
}
agenda-over = { $n ->
    [one] Die Punkte brauchen eine Minute mehr, als die Sitzung hat.
   *[other] Die Punkte brauchen { $n } Minuten mehr, als die Sitzung hat.
}
session-minutes = Länge der Sitzung in Minuten
session-starts = Beginn der Sitzung
session-begins = { $minutes ->
    [0] Die Sitzung beginnt: { $when }.
    [one] Die Sitzung beginnt: { $when }. Die Punkte brauchen eine Minute.
   *[other] Die Sitzung beginnt: { $when }. Die Punkte brauchen { $minutes } Minuten.
}
agenda-publish-ask = Veröffentlichen …
agenda-preview = Vorschau
agenda-preview-title = Die Tagesordnung, wie alle sie lesen werden
agenda-preview-note = Die Öffentlichkeit sieht diese Seite nicht.
agenda-back = Zurück zur Tagesordnung
agenda-empty = Auf der Tagesordnung steht nichts. Nehmen Sie Aussagen aus der Liste auf, oder einen eigenen Punkt.
agenda-add = Aufnehmen
agenda-add-label = Aufnehmen: { $text }
coverage-title = Ist für alle etwas dabei?
coverage-later = Das wird noch ausgerechnet. Laden Sie die Seite gleich noch einmal.
coverage-group = Gruppe { $group }: Mindestens { $percent } % stimmen etwas auf der Tagesordnung zu
coverage-everybody = Mindestens { $percent } % der Personen auf der Karte stimmen etwas auf der Tagesordnung zu
coverage-likely = Nicht alle haben jede Aussage gesehen. Wir nehmen an, dass sie über die übrigen wie die meisten ihrer Gruppe denken. Dann stimmen mindestens { $percent } % von allen einem Punkt zu
coverage-nothing = Mindestens { $n } Personen haben noch keinem Punkt dieser Tagesordnung zugestimmt
coverage-holds-in-full = Nehmen Sie beliebige Menschen, die derselben Aussage zustimmen, die hier nicht steht. Mindestens einer von ihnen stimmt hier so vielen Punkten zu, wie einer so großen Gruppe zustehen
coverage-holds = { $n } Menschen sind genug für einen Punkt. Wo so viele derselben Aussage zustimmen, stimmt mindestens einer von ihnen einem Punkt hier zu
coverage-holds-cast = Nur nach den abgegebenen Stimmen: { $n } Menschen sind genug für einen Punkt. Wo so viele derselben Aussage zustimmen, stimmt mindestens einer von ihnen einem Punkt hier zu
coverage-left-out = { $group ->
    [none] Mindestens { $n } Personen stimmen hier keinem Punkt zu. Sie alle stimmen dieser Aussage zu:
   *[other] Mindestens { $n } Personen, die meisten aus Gruppe { $group }, stimmen hier keinem Punkt zu. Sie alle stimmen dieser Aussage zu:
}
coverage-left-out-likely = { $group ->
    [none] Nicht alle haben jede Aussage gesehen. Wir nehmen an, dass sie über die übrigen wie die meisten ihrer Gruppe denken. Dann stimmen mindestens { $n } Personen hier keinem Punkt zu. Sie alle stimmen dieser Aussage zu:
   *[other] Nicht alle haben jede Aussage gesehen. Wir nehmen an, dass sie über die übrigen wie die meisten ihrer Gruppe denken. Dann stimmen mindestens { $n } Personen, die meisten aus Gruppe { $group }, hier keinem Punkt zu. Sie alle stimmen dieser Aussage zu:
}
coverage-wanting = { $group ->
    [none] Mindestens { $n } Personen stimmen der Aussage unten zu. Niemand von ihnen stimmt hier mehr als { $have } der Punkte zu. Sie sind genug für einen Punkt mehr:
   *[other] Mindestens { $n } Personen, die meisten aus Gruppe { $group }, stimmen der Aussage unten zu. Niemand von ihnen stimmt hier mehr als { $have } der Punkte zu. Sie sind genug für einen Punkt mehr:
}
coverage-wanting-likely = { $group ->
    [none] Nicht alle haben jede Aussage gesehen. Wir nehmen an, dass sie über die übrigen wie die meisten ihrer Gruppe denken. Dann stimmen mindestens { $n } Personen der Aussage unten zu. Niemand von ihnen stimmt hier mehr als { $have } der Punkte zu. Sie sind genug für einen Punkt mehr:
   *[other] Nicht alle haben jede Aussage gesehen. Wir nehmen an, dass sie über die übrigen wie die meisten ihrer Gruppe denken. Dann stimmen mindestens { $n } Personen, die meisten aus Gruppe { $group }, der Aussage unten zu. Niemand von ihnen stimmt hier mehr als { $have } der Punkte zu. Sie sind genug für einen Punkt mehr:
}
coverage-wanted = Manche stimmen hier keinem Punkt zu. Welchen Aussagen stimmen sie zu?
coverage-wanted-by = Mindestens { $n } von ihnen stimmen zu.
item-question = Die Frage für die Sitzung
question-suggested = Was soll aus „{ $statement }“ folgen?
question-suggested-long = Was soll aus dieser Aussage folgen?
question-take = Mit dem Vorschlag beginnen
item-minutes = Minuten
item-goal = Ziel
goal-decide = Entscheiden
goal-deliberate = Beraten
goal-inform = Informieren
item-takes = { $n ->
    [one] eine Minute
   *[other] { $n } Minuten
}
item-origin = Dieser Punkt kommt nicht aus den Stimmen. Quelle: { $origin }
item-others = { $n ->
    [one] Eine weitere Aussage gehört zu diesem Punkt
   *[other] { $n } weitere Aussagen gehören zu diesem Punkt
}
item-more = { $n ->
    [0] Zum Lesen, Notizen, verbinden, teilen, entfernen
   *[other] Zum Lesen ({ $n }), Notizen, verbinden, teilen, entfernen
}
evidence-title = Zum Lesen vor der Sitzung
evidence-hint = Alle sehen diese Liste, auch, von wem jeder Text stammt. Nehmen Sie beide Seiten auf.
evidence-what = Titel
evidence-by = Von wem es kommt
evidence-link = Link
item-notes = Notizen für die Gesprächsleitung
item-notes-hint = Die Öffentlichkeit sieht sie nicht.
split-title = Diese Aussagen sind ein Punkt. Kreuzen Sie an, was etwas anderes meint.
split-do = Angekreuzte zu einem eigenen Punkt machen
join-title = Diesen Punkt mit einem anderen verbinden
join-do = Verbinden
remove-reason = Grund für das Entfernen (alle können ihn lesen)
agenda-conflict = Jemand aus dem Team hat das geändert, während Sie schrieben. Was Sie eingegeben haben, ist noch nicht gespeichert. Behalten Sie das Gespeicherte, oder speichern Sie Ihres.
conflict-theirs = Gespeicherter Text aus dem Team
conflict-yours = Ihr Text, noch nicht gespeichert
conflict-keep-theirs = Gespeicherten Text behalten
conflict-keep-yours = Text im Feld speichern
own-title = Punkte aufnehmen, die nicht aus den Stimmen kommen
own-origin = Woher sie kommen
own-origin-hint = Alle können das lesen. Zum Beispiel: „Stadtrat, 3. Mai“.
own-do = In die Tagesordnung aufnehmen
agenda-draft-again-hint = Punkte, die wieder gewählt werden, behalten Frage, Zeit und Notizen. Punkte, die Sie aufgenommen haben, bleiben am Ende. Die anderen fallen weg; mit „Rückgängig“ kommen sie zurück.
agenda-changes = Änderungen
agenda-changes-hint = Die veröffentlichte Seite zeigt ohne Ihre Namen, was aufgenommen, verschoben, formuliert, verbunden, geteilt und entfernt wurde.
agenda-comments = Im Team
comment-text = Nachricht an alle, die an dieser Tagesordnung arbeiten
comment-item = Worüber
comment-whole = die ganze Tagesordnung
comment-do = Senden
pool-title = Nicht auf der Tagesordnung ({ $n })
changed-drafted = Die Tagesordnung wurde aus den Stimmen entworfen.
changed-added = Die Organisation hat „{ $item }“ aufgenommen.
changed-added-own = Die Organisation hat „{ $item }“ aufgenommen. Quelle: { $origin }
changed-moved = Die Organisation hat „{ $item }“ von Platz { $from } auf Platz { $to } verschoben.
changed-removed = Die Organisation hat „{ $item }“ entfernt.
changed-removed-because = Die Organisation hat „{ $item }“ entfernt. Der Grund: { $reason }
changed-joined = Die Organisation hat „{ $item }“ mit einem anderen Punkt verbunden.
changed-split = Die Organisation hat „{ $item }“ in zwei Punkte geteilt.
changed-question = Die Organisation hat aus „{ $item }“ die Frage „{ $question }“ gemacht.
changed-question-hidden = Die Organisation hat die Frage von „{ $item }“ geändert.
changed-no-question = Die Organisation hat die Frage „{ $item }“ wieder gestrichen.
changed-plan = Die Organisation hat Ziel und Zeit von „{ $item }“ festgelegt: { $goal }, { $minutes ->
    [0] keine Zeit
    [one] eine Minute
   *[other] { $minutes } Minuten
}.
changed-background = Die Organisation hat die Lesehinweise oder die Notizen zu „{ $item }“ geändert.
changed-session = Die Organisation hat Länge oder Beginn der Sitzung festgelegt.
why-by-hand = Die Organisation hat sie aufgenommen. Die Stimmen allein haben sie nicht hierher gebracht.
agenda-older = Das ist eine ältere Fassung.
agenda-latest = Zur neuesten Fassung
agenda-versions = Andere Fassungen:
agenda-version-of = Fassung { $version }, { $day }
publish-items = { $n ->
    [one] Ein Punkt
   *[other] { $n } Punkte
}, insgesamt { $minutes ->
    [one] eine Minute
   *[other] { $minutes } Minuten
}.
publish-public-title = Was alle sehen werden
publish-public-items = die Punkte mit ihren Fragen, Zielen und Zeiten, und was es zu lesen gibt
publish-public-why = wie jede Aussage auf die Tagesordnung kam und wie darüber abgestimmt wurde. Namen werden nicht gezeigt.
publish-public-changes = { $n ->
    [0] keine Liste von Änderungen: Nichts wurde von Hand aufgenommen, verschoben, formuliert oder entfernt
    [one] die eine Änderung von Hand, und der Grund, wenn Sie einen genannt haben
   *[other] die { $n } Änderungen von Hand, und die Gründe, die Sie genannt haben
}
publish-public-left-out = was nicht dabei ist und warum
publish-hidden-title = Was im Team bleibt
publish-hidden-notes = die Notizen und was Sie im Team besprochen haben
publish-hidden-names = wer von Ihnen was geändert hat
publish-hidden-votes = bis die Abstimmung endet: wie abgestimmt wurde, und die Gründe, die darauf beruhen. So ist diese Beteiligung eingerichtet.
publish-missing-title = Bevor Sie veröffentlichen
publish-without-question = { $n ->
    [one] Ein Punkt hat keine Frage. Seine Aussage wird zur Überschrift.
   *[other] { $n } Punkte haben keine Frage. Ihre Aussagen werden zu Überschriften.
}
publish-without-time = { $n ->
    [one] Für einen Punkt ist keine Zeit festgelegt.
   *[other] Für { $n } Punkte ist keine Zeit festgelegt.
}
did-add-item = hat einen Punkt auf die Tagesordnung aufgenommen
did-join-items = hat zwei Punkte der Tagesordnung verbunden
did-split-item = hat einen Punkt der Tagesordnung geteilt
did-word-item = hat die Frage eines Punktes formuliert
did-plan-item = hat ein Ziel oder eine Zeit der Tagesordnung festgelegt
did-background = hat geändert, was es zu einem Punkt zu lesen gibt, oder die Notizen
did-undo = hat eine Änderung der Tagesordnung rückgängig gemacht
did-redo = hat eine Änderung der Tagesordnung wiederholt
did-comment = hat im Team etwas zur Tagesordnung gesagt
error-on-agenda-already = Diese Aussage steht schon auf der Tagesordnung.
error-too-many-items = Es sind schon { $max }. Mehr sind nicht möglich.
error-bad-link = Ein Link beginnt mit https:// oder http:// und hat keine Leerzeichen.
error-too-many-minutes = Bitte geben Sie höchstens { $max } Minuten an.
error-nothing-to-undo = Hier gibt es nichts rückgängig zu machen oder zu wiederholen.
error-agenda-published = Seit der Veröffentlichung hat sich nichts geändert.
field-origin = Das Feld „Woher sie kommen“
field-evidence = Was es zu lesen gibt
field-notes = Die Notizen
field-comment = Die Mitteilung

# Making an agenda

session-share = Zeit gleichmäßig verteilen

# Making an agenda

file-calendar = Kalender
file-word = Word

# Making an agenda

figure-proposed = von den Stimmen vorgeschlagen

# Making an agenda

why-alike = Ihre Worte und die Stimmen dazu gleichen fast denen einer anderen Aussage. Wir haben sie als eine gezählt.
alike-ask = Diese Aussagen sagen wohl fast dasselbe wie die obige: in den Worten und in den Stimmen. Der Entwurf zählt sie als eine. Gehören sie zusammen?
alike-with = Dazu gehören:
alike-confirm = Sie gehören zusammen
alike-split = Nein: ankreuzen, was etwas anderes meint
publish-unconfirmed = { $n ->
    [one] Bei einem Punkt hat noch niemand gesagt, dass seine Aussagen zusammengehören.
   *[other] Bei { $n } Punkten hat noch niemand gesagt, dass ihre Aussagen zusammengehören.
}
changed-confirmed = Die Organisation hat gesagt, dass die Aussagen von „{ $item }“ zusammengehören.
did-confirm-item = hat gesagt, dass die Aussagen eines Punktes zusammengehören

# Making an agenda

why-together = Andere Aussagen sagen fast dasselbe. Wir haben sie mit dieser zusammen gezählt.
coverage-few = Manche Menschen stimmen hier weniger Punkten zu, als einer so großen Gruppe zustehen
agenda-not-sent = Es kam keine Antwort. Was Sie eingegeben haben, steht noch hier. Versuchen Sie es noch einmal, oder laden Sie die Seite neu, um zu sehen, was gespeichert ist.

# Die Tagesordnung: was von selbst kommt, was sich zwischen Fassungen geändert hat, wie fest Punkte stehen.
own-questions = Fragen, jede in einer eigenen Zeile
own-questions-hint = Sie können eine Liste einfügen. Auch zwei Spalten einer Tabelle gehen: die Fragen und ihre Minuten.
changed-added-list = { $n ->
    [one] Die Organisation hat einen Punkt aufgenommen. Quelle: { $origin }
   *[other] Die Organisation hat { $n } Punkte aufgenommen. Quelle: { $origin }
}
changed-threshold = „{ $item }“ kam automatisch dazu, weil genug Menschen zustimmten.
why-threshold = Mindestens { $needed } Menschen stimmten zu. Die Organisation hatte festgelegt, dass das genügt.
why-firm = { $tenths ->
    [0] Wir haben das durch Auslosen geprüft. Aus den gezählten Personen haben wir immer wieder ebenso viele ausgelost. Dabei kamen manche mehrmals vor und andere gar nicht. Diese Aussage wurde in weniger als 1 von je 10 Ziehungen wieder ausgewählt.
    [10] Wir haben das durch Auslosen geprüft. Aus den gezählten Personen haben wir immer wieder ebenso viele ausgelost. Dabei kamen manche mehrmals vor und andere gar nicht. Diese Aussage wurde in jeder Ziehung wieder ausgewählt.
   *[other] Wir haben das durch Auslosen geprüft. Aus den gezählten Personen haben wir immer wieder ebenso viele ausgelost. Dabei kamen manche mehrmals vor und andere gar nicht. Diese Aussage wurde in mindestens { $tenths } von je 10 Ziehungen wieder ausgewählt.
}
why-newcomers = { $n ->
    [one] Schon eine neue Person könnte genügen, damit es keine klare Mehrheit mehr gibt.
   *[other] Mindestens { $n } neue Personen müssten dazukommen und gemeinsam abstimmen, damit es keine klare Mehrheit mehr gibt. Das gilt, solange die anderen in ihren Gruppen bleiben.
}
coverage-hint = Das haben wir geprüft, als die Tagesordnung veröffentlicht wurde. Wo „mindestens“ und eine Zahl steht, haben wir die Zahl abgerundet.
rule-freeze = { $places ->
    [one] Am { $day } wird höchstens ein Punkt aus den Stimmen ausgewählt. Spätere Stimmen ändern die Auswahl nicht. Die Organisation kann die Tagesordnung weiter ändern, und alle sehen die Änderungen.
   *[other] Am { $day } werden bis zu { $places } Punkte aus den Stimmen ausgewählt. Spätere Stimmen ändern die Auswahl nicht. Die Organisation kann die Tagesordnung weiter ändern, und alle sehen die Änderungen.
}
rule-frozen = Die Punkte aus den Stimmen wurden am { $day } ausgewählt. Spätere Stimmen haben die Auswahl nicht geändert.
rule-threshold = Eine Aussage kommt automatisch auf die Tagesordnung, sobald { $needed } Menschen zustimmen. Das sind mindestens { $share } % von { $base } ({ $of }). Das geschieht für jede Aussage nur einmal. Aussagen über die Menschen, die abstimmen, kommen nicht dazu.
rules-title = Was automatisch auf die Tagesordnung kommt
rules-hint = Alle können diese Regeln lesen. Alle können auch lesen, was durch sie dazukam.
rules-freeze = Punkte an einem festen Tag aus den Stimmen auswählen
rules-freeze-hint = An diesem Tag werden die Punkte aus den Stimmen ausgewählt. Danach gibt es keinen neuen Entwurf, bis Sie diese Regel ändern. Von Hand können Sie die Tagesordnung weiter ändern.
rules-freeze-at = Tag und Uhrzeit
rules-threshold = Aussagen aufnehmen, denen genug Menschen zustimmen
rules-threshold-hint = Um welche Menschen geht es, und wie viele sind es? Welcher Anteil von ihnen muss zustimmen? Zum Beispiel: 1 % der 40.000 Menschen, die hier wohnen. Jede Aussage kommt so nur einmal dazu. Nehmen Sie sie herunter, kommt sie so nicht wieder.
rules-share = Anteil in Prozent
rules-base = Wie viele Menschen es sind
rules-of = Wer sie sind
rules-save = Diese Regeln speichern
version-changes = Was anders ist als in Fassung { $version }
version-same = Die Punkte, ihre Reihenfolge und ihre Zeiten sind gleich.
version-new = Neu: „{ $item }“
version-gone = Nicht mehr dabei: „{ $item }“
version-plan = Neues Ziel oder neue Zeit: „{ $item }“ ({ $plan })
version-reading = Geändert, was es zu lesen gibt: „{ $item }“
version-order = Die Punkte stehen in anderer Reihenfolge.
version-session = Die Sitzung beginnt zu einer anderen Zeit, oder sie ist länger oder kürzer.
version-reworded = Anders formuliert:
version-before = Vorher
version-now = Jetzt
did-set-agenda-rules = hat festgelegt, was automatisch auf die Tagesordnung kommt
field-base = Das Feld „Wer sie sind“
error-too-much-to-read = Ein Punkt hat höchstens { $max } Texte zum Lesen. Nehmen Sie zuerst einen herunter.
error-bad-threshold = Der Anteil muss mindestens { $min } Menschen ergeben. Er kann höchstens alle umfassen.
error-agenda-frozen = Die Punkte wurden am festgelegten Tag aus den Stimmen ausgewählt. Einen neuen Entwurf gibt es erst, wenn Sie diese Regel ändern. Von Hand können Sie die Tagesordnung weiter ändern.
error-bad-moment = Bitte geben Sie Tag und Uhrzeit an.
error-bad-share = Bitte geben Sie einen Anteil zwischen 0,01 und 100 Prozent an.
error-bad-base = Bitte sagen Sie, wie viele Menschen es sind, als ganze Zahl.
left-out-no-choice = Aus den Stimmen wurde noch nichts ausgewählt
desk-title = Es warten: { $n }
desk-lists = Listen
desk-list = Aussagen
desk-waiting = Wartend
desk-accepted = Angenommen
desk-rejected = Nicht angenommen
desk-unclear = Viele enthalten sich
desk-order = Reihenfolge
order-oldest = Älteste zuerst
order-decided = Letzte Entscheidung zuerst
order-passed = Meiste Enthaltungen zuerst
order-newest = Neueste zuerst
order-author = Nach Verfassern
desk-author = verfasst von { $author }
desk-same-author = vom selben Menschen verfasst
desk-pass = { $percent } % enthalten sich
desk-number = Nr. { $number }
desk-written = { $n ->
    [one] verfasst von { $author }, bisher die einzige Aussage
   *[other] verfasst von { $author }, bisher { $n } Aussagen: { $accepted } angenommen, { $rejected } nicht
}
desk-votes = { $n ->
    [0] keine Stimmen
    [one] eine Stimme
   *[other] { $n } Stimmen
}
desk-later = Später
desk-previous = Zurück
desk-alike = { $n ->
    [one] Eine sagt fast dasselbe
   *[other] { $n } sagen fast dasselbe
}
desk-state-shown = wird abgestimmt
desk-state-waits = wartet
desk-look = Diese ansehen
desk-reason-hint = Nehmen Sie an, worüber man abstimmen kann, ob Sie zustimmen oder nicht. Wer die Aussage verfasst hat, sieht den Grund und kann sie neu formulieren.
desk-keys = Tasten: J nächste Aussage, K vorige, A annehmen, R und dann eine Zahl für den Grund, S teilen oder umformulieren, M nur nach einer von zweien fragen, X ankreuzen, Z rückgängig, / suchen, ? diese Tasten zeigen.
desk-bulk = Über die angekreuzten entscheiden …
desk-pick = Ankreuzen: { $text }
desk-none = Es gibt keine.
desk-nothing-here = Wählen Sie eine Aussage aus der Liste, um sie hier zu sehen.
desk-late = Jemand aus dem Team hat inzwischen über diese Aussage entschieden. Ihre Entscheidung wurde nicht gespeichert. Hier können Sie anders entscheiden.
desk-last-accepted = Angenommen: „{ $text }“
desk-last-rejected = Nicht angenommen: „{ $text }“
desk-last-back = Wartet wieder: „{ $text }“
desk-many-accepted = { $n ->
    [one] Eine Aussage wurde angenommen.
   *[other] { $n } Aussagen wurden angenommen.
}
desk-not-sent = Das wurde nicht gesendet. Bitte versuchen Sie es noch einmal.
arrivals-title = Neue Aussagen pro Tag
arrivals-most = { $n ->
    [0] Keine in den letzten 11 Tagen
   *[other] Höchstens { $n } an einem der letzten 11 Tage
}
arrivals-hour = { $n ->
    [0] In der letzten Stunde kam keine.
    [one] In der letzten Stunde kam eine.
   *[other] In der letzten Stunde kamen { $n }.
}
many-ask = Über viele Aussagen entscheiden
many-picked = { $n ->
    [0] Keine Aussage ist angekreuzt
    [one] Eine Aussage ist angekreuzt
   *[other] { $n } Aussagen sind angekreuzt
}
many-gone = { $n ->
    [one] Eine der angekreuzten wartet nicht mehr.
   *[other] { $n } der angekreuzten warten nicht mehr.
}
many-none = Kreuzen Sie zuerst Aussagen in der Liste an.
many-accept = { $n ->
    [one] Annehmen
   *[other] Alle { $n } annehmen
}
many-reject = { $n ->
    [one] Nicht annehmen, weil …
   *[other] Keine der { $n } annehmen, weil …
}
many-back = Zurück zur Liste
desk-more = Teilen, umformulieren und mehr
desk-derive-title = Stattdessen andere Worte zeigen
desk-derive-hint = Schreiben Sie eine Aussage in jede Zeile, höchstens { $max }. Die Menschen sehen dann die neuen Aussagen, nicht mehr die alte. Deren Stimmen bleiben bei ihr; die neuen beginnen ohne. Wer die alte geschrieben hat, kann die neuen lesen und zurücknehmen, bis jemand anderes darüber abstimmt.
desk-derive = Stattdessen diese zeigen
desk-derived-from = von der Moderation aus Nr. { $number } gemacht
desk-derived = Statt ihr gezeigt
desk-restore = Die neuen Worte zurücknehmen
desk-merge = Nur nach dieser von beiden fragen
desk-merged = Gefragt wird stattdessen nach Nr. { $number }, weil sie dasselbe sagt. Beide behalten ihre Stimmen.
desk-unmerge = Wieder nach beiden fragen
desk-meta-on = Sie handelt von der Person
desk-meta-off = Sie handelt nicht von der Person
desk-meta-hint = Manche Aussagen handeln von denen, die abstimmen, etwa „Ich wohne hier“, und nicht von der Frage. Man kann darüber abstimmen, aber die Gruppen werden ohne sie gebildet.
desk-pin = Früher mehr Menschen zeigen
desk-pin-hours = { $n } Stunden lang
desk-pin-how-long = Wie lange
desk-pinned = Bis { $when } kommt sie bei mehr Menschen früh an die Reihe. Das wird nach und nach weniger.
desk-unpin = Wie die anderen zeigen
desk-hold = Ab jetzt lesen, was dieser Mensch schreibt, bevor es gezeigt wird
desk-unhold = Aussagen dieses Menschen wieder sofort zeigen
desk-held = Was dieser Mensch schreibt, wird erst gezeigt, wenn Sie es gelesen haben.
desk-pause = Vorerst keine neuen Aussagen annehmen
desk-unpause = Wieder neue Aussagen annehmen
desk-paused = Vorerst werden keine neuen Aussagen angenommen. Abstimmen geht weiter.
submit-paused = Gerade können keine neuen Aussagen dazukommen. Über die anderen können Sie weiter abstimmen.
mine-made = Die Moderation zeigt Ihre Aussage stattdessen so:
mine-made-withdraw = Diese Worte nicht zeigen
statement-made-from = Die Moderation hat diese Aussage aus der eines anderen Menschen gemacht.
statement-same-as = Eine andere Aussage sagt dasselbe. Gefragt wird jetzt nach dieser:
statement-stands-for = Diese Aussagen sagen dasselbe, deshalb wird nur nach der obigen gefragt. Die Stimmen werden für jede einzeln gezählt:
moderation-made = Die Moderation zeigt stattdessen andere Worte: Nr. { $numbers }
did-derive = hat aus einer anderen Aussage Nr. { $number } gemacht: „{ $text }“
did-merge = hat statt nach Nr. { $number } nach einer anderen Aussage gefragt: „{ $text }“
did-unmerge = hat wieder nach Nr. { $number } gefragt: „{ $text }“
did-classify-meta = hat gesagt, dass Nr. { $number } von der Person handelt: „{ $text }“
did-classify-matter = hat gesagt, dass Nr. { $number } nicht von der Person handelt: „{ $text }“
did-pin = hat Nr. { $number } früher mehr Menschen gezeigt: „{ $text }“
did-unpin = hat Nr. { $number } wieder wie die anderen gezeigt: „{ $text }“
did-pause = hat neue Aussagen vorerst gestoppt
did-unpause = hat wieder neue Aussagen angenommen
did-hold = hat festgelegt, dass gelesen wird, was ein Mensch schreibt, bevor es gezeigt wird
did-unhold = hat festgelegt, dass wieder sofort gezeigt wird, was ein Mensch schreibt
error-submissions-paused = Gerade können keine neuen Aussagen dazukommen. Bitte versuchen Sie es später noch einmal.
error-merged-already = Eine der beiden ist schon mit einer anderen verbunden. Lassen Sie dort zuerst wieder nach beiden fragen.
error-bad-parts = Bitte schreiben Sie mindestens eine Aussage und höchstens { $max }.
error-bad-hours = Das geht für höchstens { $max } Stunden.
desk-did = Erledigt.
watch-title = Was gerade geschieht
watch-link = Was gerade geschieht
watch-back = Zurück zu den Aussagen
watch-lead = Stimmen und neue Menschen werden nur im Speicher dieses Servers gezählt. Nach einem Neustart beginnt die Zählung von vorn.
watch-odd-title = Was auffällt
watch-quiet = Nichts fällt auf.
watch-many-votes-means = Vielleicht hat jemand den Link geteilt. Weiter unten steht, woher neue Menschen kommen. Fällt sonst nichts auf, müssen Sie nichts tun.
watch-burst = { $usual ->
    [0] Mindestens { $n } neue Menschen innerhalb von zehn Minuten ab { $when }. Üblich: weniger als fünf.
   *[other] Mindestens { $n } neue Menschen innerhalb von zehn Minuten ab { $when }. Üblich: mindestens { $usual }.
}
watch-burst-means = Eine Zeitung, eine Schulklasse oder eine Versammlung bringt viele auf einmal. Ein einzelner Mensch mit vielen Browsern auch. Fragen Sie die Organisation, ob da etwas angekündigt wurde. Dass viele auf einmal kommen, ist kein Grund, Stimmen nicht mitzuzählen.
watch-network = Mindestens { $n } neue Menschen kamen innerhalb von 20 Minuten aus einem Netz
watch-network-means = Wer in derselben Schule, Bibliothek oder Firma sitzt, kommt oft aus einem Netz. Eine Wohnung mit vielen Browsern ist auch ein Netz. Was es war, kann hier niemand sehen. Stehen hier auch viele mit genau gleichen Antworten, dann sagen Sie es der Organisation.
watch-copies = Mindestens { $n } Menschen haben auf dieselben Aussagen genau dieselben Antworten gegeben
watch-copies-means = Zufällig kommt das kaum vor. Vielleicht folgen sie einer Liste, die jemand verteilt hat. Vielleicht ist es ein einziger Mensch. Hier kann niemand sehen, was davon stimmt. Sprechen Sie mit einer anderen verantwortlichen Person, bevor Sie ihre Stimmen nicht mitzählen.
watch-straight = Mindestens { $n } Menschen haben auf alles ein und dieselbe Antwort gegeben
watch-straight-means = Vielleicht haben sie die Aussagen nicht gelesen. Wenn es viele sind, prüfen Sie, ob die Aussagen leicht zu verstehen sind. Manche meinen wirklich jedes Mal dieselbe Antwort: Zählen Sie ihre Stimmen nur dann nicht mit, wenn Sie mehr wissen.
watch-groups = Die Gruppen
watch-no-groups = Es gibt noch keine klaren Gruppen.
watch-group = Gruppe { $label }: { $n }
watch-group-same = seit { $since }: etwa gleich viele
watch-group-more = seit { $since }: mindestens { $n } mehr
watch-group-fewer = seit { $since }: mindestens { $n } weniger
watch-moved = Mindestens { $percent } % derer, die damals ({ $since }) auf der Karte waren, sind jetzt in einer anderen Gruppe.
watch-moved-hardly = Weniger als jeder Zehnte derer, die damals ({ $since }) auf der Karte waren, ist jetzt in einer anderen Gruppe.
watch-statements = Aussagen, die einen Blick wert sind
watch-no-statements = Gerade keine.
watch-new-bridges = Neu seit gestern, und alle Gruppen sagen dazu dasselbe
watch-new-splits = Neu seit gestern, und die Gruppen sind verschiedener Meinung
watch-unclear = { $percent } % enthalten sich: Ist sie unklar?
watch-now = Stimmen und neue Menschen
watch-votes = Mindestens { $n } Stimmen in den letzten zehn Minuten.
watch-newcomers = Mindestens { $n } neue Menschen in der letzten Stunde.
watch-channel = über „{ $channel }“: mindestens { $n }
watch-channel-none = ohne benannten Link: mindestens { $n }
watch-steps = Stimmen und neue Menschen sind auf Fünfer abgerundet. So ist schwer zu erkennen, was ein einzelner Mensch getan hat.
watch-stands-out = Es fällt etwas auf. Sehen Sie es sich an.
form-watch = Viele auf einmal, und viele, die gleich antworten
form-alarm-newcomers = Der Moderation schreiben, sobald in einer Stunde mindestens so viele neue Menschen kommen (leer: nie)
form-alarm-copies = Der Moderation schreiben, sobald mindestens so viele Menschen genau gleich antworten (leer: nie)
form-weigh-copies = Menschen mit genau gleichen Antworten auf der Karte weniger zählen
form-weigh-copies-hint = Das ändert, wo Menschen auf der Karte stehen und welche Gruppen es gibt. Stimmen werden gezählt wie zuvor, eine für jeden Menschen. Auf der Ergebnisseite steht, dass es so ist.
mail-alarm-subject = In einem Gespräch fällt etwas auf
mail-alarm = In „{ $question }“ fällt etwas auf: Es kamen viele neue Menschen auf einmal, oder viele haben genau gleich geantwortet. Diese Seite sagt, was es ist, was es heißen kann und was Sie tun können: { $url }
sure-weighs-copies = Geben Menschen genau dieselben Antworten, zählt auf der Karte jeder von ihnen weniger. Dann wird aus einer verteilten Liste nicht so leicht eine eigene Gruppe. Beim Auszählen auf dieser Seite zählt niemand von ihnen weniger.
watch-votes-few = Weniger als fünf Stimmen in den letzten zehn Minuten.
watch-newcomers-few = Weniger als fünf neue Menschen in der letzten Stunde.
watch-usual = { $usual ->
    [0] Üblich: weniger als fünf.
   *[other] Üblich: mindestens { $usual }.
}
watch-usual-unknown = Was üblich ist, ist noch nicht bekannt.
desk-looked-at = Jemand aus dem Team hat diese auch gerade offen. Wer als Zweites entscheidet, erfährt es.
desk-looked-at-short = jemand im Team hat sie offen
moderation-takes = { $hours ->
    [0] Die Hälfte der letzten Aussagen wurde innerhalb einer Stunde gelesen.
   *[other] Die Hälfte der letzten Aussagen wurde innerhalb von { $hours } Stunden gelesen.
}
desk-merged-idle = Sie wurde mit Nr. { $number } verbunden, die jetzt nicht gezeigt wird. Darum wird nach dieser gefragt.
desk-typed = Was Sie geschrieben haben
error-too-few-people = Das sind zu wenige Menschen. Es müssen mindestens { $min } Menschen sein. Sie müssen abgestimmt haben, und ihre Stimmen müssen jetzt zählen. Wären es weniger, könnten andere herausfinden, wie eine einzelne Person abgestimmt hat.
leave-out-title = Stimmen nicht mitzählen
leave-out-back = Zurück zu „Was gerade geschieht“
leave-out-link = Diese Stimmen nicht mitzählen …
leave-out-few = Es wurden keine oder zu wenige Menschen gefunden. Bitte prüfen Sie den Namen oder die Nummern. Es müssen mindestens { $min } Menschen sein. Sie müssen abgestimmt haben, und ihre Stimmen müssen jetzt zählen. Wären es weniger, könnten andere herausfinden, wie eine einzelne Person abgestimmt hat.
leave-out-nobody = Das konnten wir nicht lesen. Der Name eines Links hat nur kleine Buchstaben, Ziffern, - und _. Aussagen haben Nummern.
leave-out-burst = Mindestens { $n } Menschen, die innerhalb von zehn Minuten ab { $when } kamen, haben abgestimmt, und ihre Stimmen zählen jetzt.
leave-out-channel = Mindestens { $n } Menschen, die über „{ $channel }“ kamen, haben abgestimmt, und ihre Stimmen zählen jetzt.
leave-out-writers = Mindestens { $n } Menschen haben eine oder mehrere dieser Aussagen geschrieben. Sie haben abgestimmt, und ihre Stimmen zählen jetzt.
leave-out-follows = Was dann geschieht
leave-out-results = Die Ergebnisse, die Karte und neue Tagesordnungen zählen diese Stimmen nicht mehr mit. Nur wo sehr wenige aus einer Gruppe über eine Aussage abgestimmt haben, zählen deren Stimmen dort weiter.
leave-out-public = Wer die Ergebnisse sehen darf, liest dort, dass Stimmen nicht mitgezählt werden, und warum. Dort steht auch, wie viele Menschen es sind und wie viele mit diesen Stimmen zustimmen würden, wo das niemanden verrät. Der Grund steht auch in der Liste der Entscheidungen.
leave-out-own = Diese Menschen lesen es auf ihrer Seite „Meine Stimmen“. Sie können weiter abstimmen. Auch ihre neuen Stimmen werden nicht mitgezählt.
leave-out-kept = Keine Stimme wird gelöscht. Sie können sie wieder mitzählen, bis die Stimmen als Datei veröffentlicht sind.
leave-out-why = Warum sollen sie nicht zählen?
leave-out-why-hint = Alle können das lesen. Schreiben Sie, was Sie gesehen haben, und nennen Sie niemanden. Höchstens { $max } Zeichen.
leave-out-why-needed = Bitte sagen Sie warum. Alle können den Grund lesen.
leave-out-button = Diese Stimmen nicht mitzählen
leave-out-cancel = Abbrechen
leave-out-others = Stimmen von anderen nicht mitzählen
leave-out-channel-label = Alle, die über diesen Link kamen
leave-out-channel-hint = Schreiben Sie den Namen am Ende des Links, etwa poster. Nur kleine Buchstaben.
leave-out-writers-label = Alle, die eine dieser Aussagen geschrieben haben
leave-out-writers-hint = Die Nummern der Aussagen, etwa 12, 15, 31.
leave-out-go-on = Weiter
left-out-done = Gespeichert. Die Ergebnisse zeigen es bald.
left-out-none = Zurzeit werden alle gültigen Stimmen mitgezählt.
left-out-since = Seit { $since }.
left-out-again = Wieder mitzählen
left-out-again-of = Wieder mitzählen: { $what }
left-out-people = Die Stimmen von { $n } Menschen ({ $why })
left-out-few = Die Stimmen von wenigen Menschen ({ $why })
left-out-copies = sie gaben die gleichen Antworten
left-out-straight = sie gaben auf alles dieselbe Antwort
left-out-burst = sie kamen innerhalb derselben zehn Minuten
left-out-channel = sie kamen über denselben Link
left-out-by-hand = sie schrieben Aussagen, die die Moderation genannt hat
left-out-results-title = Was nicht mitgezählt wurde
left-out-lead = Die Moderation zählt diese Stimmen in den Ergebnissen nicht mit. Gelöscht sind sie nicht. Haben nur sehr wenige aus einer Gruppe über eine Aussage abgestimmt, können ihre Stimmen weiter zählen. Sonst ließe sich herausfinden, wie eine einzelne Person abgestimmt hat.
left-out-no-comparison = Wir zeigen nicht, wie die Antworten mit diesen Stimmen aussehen. Sonst könnten andere erfahren, wie eine einzelne Person abgestimmt hat.
left-out-apart = { $points ->
    [0] Tabelle: Mit diesen Stimmen wäre der Anteil derer, die zustimmen, bei keiner dieser Aussagen anders.
   *[other] Tabelle: Mit diesen Stimmen würde sich der Anteil derer, die zustimmen, am stärksten um { $points } von hundert ändern. Das gilt für diese Aussagen und nur für „stimme zu“.
}
left-out-compare = { $n ->
    [one] Eine Aussage vergleichen
   *[other] { $n } Aussagen vergleichen
}
left-out-same = Nicht alle Aussagen stehen in der Tabelle. Wo weniger als { $min } dieser Menschen abgestimmt haben, könnten andere herausfinden, wie eine einzelne Person abgestimmt hat.
left-out-without = Zustimmung ohne sie
left-out-with = Zustimmung mit ihnen
mine-left-out = Die Moderation zählt Ihre Stimmen in den Ergebnissen nicht mit. Auch was Sie von jetzt an stimmen, zählt dort nicht mit. Die Moderation nennt diesen Grund:
mine-left-out-wrong = Niemand hat Ihre Stimmen gelöscht. Ist das ein Irrtum? Dann sagen Sie es der Organisation. Die Moderation kann die Stimmen all dieser Menschen wieder mitzählen.
moderation-log-left-out = in den Ergebnissen nicht mehr mitgezählt
moderation-log-votes = Stimmen, die nicht mitgezählt worden waren
moderation-log-again = wieder mitgezählt
did-exclude = hat die Stimmen von { $n } Menschen nicht mehr mitgezählt. Grund: { $reason }
did-include = hat Stimmen wieder mitgezählt, die nicht mitgezählt worden waren
share-channels = Geben Sie jedem Ort einen eigenen Link mit einem Namen am Ende. Dann sieht die Moderation, über welchen Link neue Menschen kommen:
desk-flagged = Genau hinsehen
desk-no-flags = Wir haben keine wartende Aussage mit einem Link, einer Mailadresse, einem @Namen, einer langen Nummer oder fast nur Großbuchstaben gefunden. Lesen Sie sie trotzdem.
flag-link = mit Link
flag-address = mit Mailadresse oder @Namen
flag-number = mit langer Nummer
flag-loud = fast nur Großbuchstaben
order-alike = Ähnliche zusammen
desk-like-above = ähnelt der darüber
desk-language = Sprache
desk-language-any = Alle Sprachen
from-moderator = Von der Moderation umformuliert
moderation-log-merged = stattdessen wird Nr. { $into } gezeigt. Nach Ansicht der Moderation sagt sie dasselbe.
moderation-log-unmerged = wird wieder gezeigt.
moderation-log-meta = sagt etwas über die Person, die abstimmt. Für die Gruppen zählt diese Aussage nicht.
moderation-log-matter = sagt etwas zur Frage. Für die Gruppen zählt diese Aussage.
left-out-votes = Stimmen, die nicht mitgezählt werden
moderation-log-about = Worum es geht
leave-out-released = Die Stimmen sind als Datei veröffentlicht. Jetzt kann nichts mehr weggelassen oder wieder mitgezählt werden.
leave-out-changed = Inzwischen sind andere dazugekommen, oder Stimmen haben sich geändert. Die Zahl ist jetzt eine andere. Bitte lesen Sie sie noch einmal.
mine-left-out-final = Niemand hat Ihre Stimmen gelöscht. Die Stimmen der anderen sind als Datei veröffentlicht, deshalb bleiben diese Ergebnisse, wie sie sind. Ist das ein Irrtum? Dann sagen Sie es der Organisation.
publish-title = Was Sie veröffentlichen
