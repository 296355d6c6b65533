# The words of Boule's pages in French. A key says where it is used.

site-name = Boule
site-description = Dites ce que vous pensez de courtes affirmations. Voyez où se situent les gens et sur quoi ils sont d’accord.
skip-to-content = Aller au contenu
nav-label = Pages
footer-note = Boule ne compte aucun vote deux fois, montre combien de personnes sont derrière chaque chiffre et ne demande aucun nom pour voter. Aucun autre site n’apprend votre visite.
not-reviewed = Cette traduction n’a pas encore été relue par une personne dont c’est la langue maternelle.

error-title = Cela n’a pas marché
error-home = Aller à la page d’accueil

# Words used on many pages

people = { $n ->
    [one] { $n } personne
   *[other] { $n } personnes
}
people-word = Personnes
group = Groupe
share = Part
statement = Affirmation
state = État
change = Modifier
why = Pourquoi
overall = Tout le monde
number-short = N°
choice-agree = D’accord
choice-disagree = Pas d’accord
choice-pass = Je passe
state-open = Ouverte aux votes
state-closed = Terminée
state-draft = En préparation
from-organiser = De l’organisation
from-participant = D’une autre personne
meta = sur la personne
saved = Enregistré.

nav-mine = Mes votes
nav-results = Résultats
nav-agenda = Ordre du jour
nav-vote = Voter
nav-moderate = Modérer
nav-leave = Se déconnecter

# The first page

home-title = Consultations
home-intro = Beaucoup de personnes répondent ensemble à une question : vous votez sur de courtes affirmations écrites par d’autres, et vous ajoutez les vôtres.
list-newest-first = Les plus récentes d’abord
home-empty = Il n’y a pas encore de consultation ici. Les responsables de ce site peuvent en créer une.

# Role links


# Taking part

asked-by = Qui pose la question : { $organiser }
about = De quoi il s’agit
about-privacy = Vos votes sont gardés sous un numéro, jamais sous votre nom. Une clé tirée au hasard dans ce navigateur mène à ce numéro. Nous ne demandons pas qui vous êtes.
vote-label = Votre vote
vote-saved = Vote enregistré.
vote-waiting = Enregistrement en cours…
vote-busy = Le serveur est très occupé. Votre vote est gardé sur cet appareil et sera bientôt renvoyé.
vote-offline = Vous êtes hors ligne. Votre vote est gardé sur cet appareil et sera envoyé dès votre retour en ligne.
vote-offline-none = Vous êtes hors ligne, et il n’y a plus rien à voter ici jusqu’à votre retour.
shared-device = D’autres utilisent aussi cet appareil
shared-device-hint = Alors rien n’est gardé ici pour un temps sans connexion.
vote-resent = Vous êtes de nouveau en ligne. Vos votes sont envoyés et enregistrés.
keys-hint = Touches : 1 d’accord, 2 je passe, 3 pas d’accord, U changer le dernier vote.
keys-switch = Touches actives
no-statements = Il n’y a encore rien à voter.
all-done = Vous avez voté sur tout ce qu’il y a. Merci !
all-done-next = De nouvelles affirmations arrivent quand les gens en écrivent. Revenez voir, ou écrivez la vôtre ci-dessous.
last-vote = Votre dernier vote :
change-last = Le changer
steps-to-place = Votes : { $done } sur { $all } pour voir où vous vous situez
steps-to-place-template = Votes : {"{"}done{"}"} sur {"{"}all{"}"} pour voir où vous vous situez
steps-to-compare = Votes : { $done } sur { $all } pour vous comparer à d’autres
steps-to-compare-template = Votes : {"{"}done{"}"} sur {"{"}all{"}"} pour vous comparer à d’autres
steps-round = { $voted ->
    [one] { $voted } vote ; { $done } sur { $all } dans cette série
   *[other] { $voted } votes ; { $done } sur { $all } dans cette série
}
steps-round-template = {"{"}voted{"}"} votes ; {"{"}done{"}"} sur {"{"}all{"}"} dans cette série
steps-round-one-template = 1 vote ; {"{"}done{"}"} sur {"{"}all{"}"} dans cette série
steps-all = { $voted ->
    [0] Pas encore de vote
    [one] { $voted } vote
   *[other] { $voted } votes
}
steps-all-template = {"{"}voted{"}"} votes
voting-until = On peut voter jusqu’au { $when }.
frame-open-until = ouverte jusqu’au { $when }
frame-took-part = { $n ->
    [one] { $n } personne a participé
   *[other] { $n } personnes ont participé
}
tab-vote = Voter
plan-title = Ce que deviennent mes votes
plan-now = Maintenant
plan-now-text = Votez et écrivez des affirmations. Arrêtez quand vous voulez : même quelques votes aident.
plan-until = Jusqu’au { $when }
see-title = Qui peut voir quoi
see-text = Aucune page ne montre comment une personne a voté. Les groupes de moins de { $min } personnes ne sont jamais montrés. Vous n’avez pas besoin de compte.
submit-title = Écrire une affirmation
submit-label = Une affirmation avec laquelle d’autres peuvent être d’accord ou pas d’accord ({ $limit } caractères au plus)
submit-hint-before = Une seule idée, avec vos mots. La modération la lit avant que d’autres votent.
submit-hint-after = Une seule idée, avec vos mots. Les autres peuvent voter tout de suite.
submit-button = Envoyer
similar-title = D’autres ont dit presque la même chose
similar-hint = Dites-vous d’accord avec l’une de ces affirmations. Ou envoyez la vôtre, si elle dit autre chose.
similar-agree = Je suis d’accord
similar-anyway = Envoyer la mienne quand même
similar-not-sent = Pas encore envoyé : d’autres ont dit presque la même chose. Voyez ci-dessous.
submitted-waits = Merci. Votre affirmation est enregistrée, avec votre propre accord. Elle attend maintenant la modération.
submit-offline = Vous êtes hors ligne. Votre texte reste dans le formulaire et sera envoyé dès votre retour en ligne.
submitted-shown = Merci. Votre affirmation est enregistrée, avec votre propre accord. Les autres peuvent maintenant voter.
stop-here = S’arrêter ici et regarder les résultats
closed-title = Cette consultation est terminée
closed-text = On ne peut plus voter. Ce que les gens ont dit reste ici :
draft-title = Cette consultation est en préparation
draft-text = On ne peut pas encore voter.
results-at-close = Les résultats seront montrés à la fin de la consultation. Ainsi, ils n’influencent aucun vote.
results-after-n = { $n ->
    [one] Vous verrez les résultats après { $n } vote de votre part. Ainsi, ils n’influencent pas vos premiers votes.
   *[other] Vous verrez les résultats après { $n } votes de votre part. Ainsi, ils n’influencent pas vos premiers votes.
}
results-own-votes = Vos votes jusqu’ici : { $n }.
read-only = Je veux seulement lire
read-hint = Vous n’avez pas besoin de voter pour lire. Si vous votez plus tard, il est noté avec vos votes que vous aviez lu les résultats avant.

# My votes

mine-title = Mes votes et mes affirmations
mine-statements = Mes affirmations
mine-votes = Mes votes
mine-no-statements = Vous n’avez pas encore envoyé d’affirmation.
mine-no-votes = Vous n’avez pas encore voté.
mine-votes-caption = { $n ->
    [one] { $n } vote, que vous pouvez changer
   *[other] { $n } votes, que vous pouvez tous changer
}
your-vote = Votre vote
change-vote-on = Changer le vote sur : { $statement }
moderation-accepted = Acceptée : les autres peuvent voter.
moderation-pending = En attente de la modération.
moderation-rejected = Non acceptée
mine-change = La modifier ou la retirer
mine-reword-label = Votre affirmation avec d’autres mots
mine-reword-hint = Vous pouvez le faire tant que personne d’autre n’a voté. Votre nouveau texte compte comme une nouvelle affirmation.
mine-reword = Envoyer avec ces mots
mine-withdraw = La retirer
mine-withdrawn = Vous avez retiré votre affirmation.
mine-reworded = Votre nouveau texte est enregistré.
told-title = Ce qu’elle est devenue
told-accepted = Acceptée le { $day }.
told-on-agenda = Elle est à l’ordre du jour du { $day }.
told-not-on-agenda = Elle n’est pas à l’ordre du jour du { $day }. L’ordre du jour dit ce qui n’a pas été retenu, et pourquoi.
told-similar = D’autres disent presque la même chose
told-differs = Les groupes diffèrent : la plupart d’un groupe sont d’accord ou pas d’accord, la plupart d’un autre non.
told-one-group = La plupart du groupe { $group } le veulent, la plupart des autres ne le demandent pas, et peu s’y opposent.
told-unclear = Plus de la moitié a choisi « Je passe ».
told-open = On ne voit pas clairement ce que les gens en pensent.
told-agreed = { $who ->
    [both] Les deux groupes sont clairement d’accord.
    [all] Tous les groupes sont clairement d’accord.
    [shown] Les groupes montrés sont clairement d’accord.
   *[people] La plupart des gens sont clairement d’accord.
}
told-rejected = { $who ->
    [both] Les deux groupes disent clairement non.
    [all] Tous les groupes disent clairement non.
    [shown] Les groupes montrés disent clairement non.
   *[people] La plupart des gens disent clairement non.
}
mine-what-became = Ce qu’elle est devenue

policy-off-topic = Elle ne porte pas sur la question
policy-duplicate = Une autre affirmation dit la même chose
policy-unclear = On ne sait pas bien à quoi on dirait oui
policy-several-ideas = Elle dit plusieurs choses à la fois
policy-attack = Elle attaque des personnes
policy-personal-data = Elle nomme une personne privée ou dévoile sa vie privée
policy-advertising = C’est de la publicité

# The map

map-heading = Où se situent les gens
map-title = Carte des opinions
map-reading = Plus on est proche, plus on a voté de la même façon. Gauche, droite, haut et bas ne veulent rien dire. Une plus grande surface ne veut pas dire plus de personnes.
map-missing = { $n ->
    [one] La carte apparaîtra quand une personne de plus aura voté sur assez d’affirmations. Pour l’instant, il y en a { $placed }.
   *[other] La carte apparaîtra quand { $n } personnes de plus auront voté sur assez d’affirmations. Pour l’instant, il y en a { $placed }.
}
map-missing-template = La carte apparaîtra quand plus de personnes auront voté sur assez d’affirmations. Pour l’instant, il y en a {"{"}placed{"}"}. Il en manque encore {"{"}n{"}"}.
map-groups = { $placed } personnes ont voté sur assez d’affirmations pour être comparées. D’après leurs votes, elles forment { $groups } groupes.
map-groups-template = {"{"}placed{"}"} personnes ont voté sur assez d’affirmations pour être comparées. D’après leurs votes, elles forment {"{"}groups{"}"} groupes.
map-one-group = Les personnes que l’on peut comparer ne forment pas de groupes séparés.
map-too-few = Trop peu de personnes peuvent être comparées pour distinguer des groupes.
map-your-group = Pour l’instant, votre position est la plus proche du groupe { $group }.
map-your-group-template = Pour l’instant, votre position est la plus proche du groupe {"{"}group{"}"}.
map-you = Vous êtes ici
map-reach = où vous pourriez vous situer
map-mark = environ { $n } personnes qui ont voté de façon proche
map-mark-template = environ {"{"}n{"}"} personnes qui ont voté de façon proche
map-hollow = peut-être dans un autre groupe
map-status-clear = Les groupes sont nets : de nouveaux échantillons de ces personnes donnent presque les mêmes groupes, et le hasard rarement.
map-status-fragile = Les groupes ne sont pas nets : un autre échantillon de ces personnes pourrait se diviser autrement, ou le hasard seul donne d’aussi bons groupes. Prenez-les comme une ébauche.
map-status-none = Il n’y a pas de groupes nets : le hasard seul en donne d’aussi bons, et un autre échantillon se diviserait autrement. La carte est donc montrée sans groupes.
map-status-unknown = Nous calculons encore si ces groupes sont plus que du hasard.
map-status-earlier = Ceci a été calculé pour une carte un peu plus ancienne.
map-unsure = { $n } des { $placed } personnes sur la carte pourraient aussi appartenir à un autre groupe : elles ont trop peu voté pour en être sûres.
map-unsure-template = {"{"}n{"}"} des {"{"}placed{"}"} personnes sur la carte pourraient aussi appartenir à un autre groupe : elles ont trop peu voté pour en être sûres.
map-settling = La carte va peut-être bientôt changer. D’après les votes les plus récents, le nombre de groupes serait de { $n }.
map-settling-template = La carte va peut-être bientôt changer. D’après les votes les plus récents, le nombre de groupes serait de {"{"}n{"}"}.
map-table = La carte sous forme de tableau
map-table-caption = Personnes sur la carte, par groupe : { $n } en tout
map-hidden-groups = Certains groupes sont trop petits pour être montrés sans révéler qui en fait partie.
map-late = Les votes les plus récents ne sont pas encore sur la carte.
map-as-of = Situation au { $at }.
map-as-of-template = Situation au {"{"}at{"}"}.
map-note-arbitrary = Les votes ne fixent pas exactement les directions de cette carte. Elle peut donc tourner ou changer d’un calcul à l’autre.
map-note-one-dimension = Les votes ne diffèrent que dans une direction.
map-note-identical = Toutes les personnes de la carte ont voté de la même façon.

# Results

results-title = Résultats
results-headline = { $n ->
    [one] Ce que dit { $n } personne
   *[other] Ce que disent { $n } personnes
}
lead-no-groups = Jusqu’ici, les votes ne font apparaître aucun groupe net.
lead-agreed = { $agreed ->
    [0] { $who ->
        [both] Il n’y a pas encore d’affirmation sur laquelle les deux groupes disent clairement la même chose.
        [all] Il n’y a pas encore d’affirmation sur laquelle tous les groupes disent clairement la même chose.
        [shown] Il n’y a pas encore d’affirmation sur laquelle les groupes montrés disent clairement la même chose.
       *[people] Il n’y a pas encore d’affirmation sur laquelle les gens sont clairement d’accord.
    }
   *[other] { $who ->
        [both] Sur { $agreed } des { $all } affirmations, les deux groupes disent clairement la même chose : oui à { $yes }, non à { $no }.
        [all] Sur { $agreed } des { $all } affirmations, tous les groupes disent clairement la même chose : oui à { $yes }, non à { $no }.
        [shown] Sur { $agreed } des { $all } affirmations, les groupes montrés disent clairement la même chose : oui à { $yes }, non à { $no }.
       *[people] Sur { $agreed } des { $all } affirmations, la plupart des gens disent clairement la même chose : oui à { $yes }, non à { $no }.
    }
}
lead-differ = { $n ->
    [0] Aucune affirmation ne les divise clairement.
   *[other] { $groups ->
        [2] Sur { $n }, ils diffèrent : la plupart d’un groupe sont d’accord ou pas d’accord, la plupart de l’autre non.
       *[other] Sur { $n }, ils diffèrent : la plupart d’un groupe sont d’accord ou pas d’accord, la plupart d’un autre non.
    }
}
lead-most = { $who ->
    [both] Les deux groupes sont le plus sûrement d’accord sur
    [all] Tous les groupes sont le plus sûrement d’accord sur
    [shown] Les groupes montrés sont le plus sûrement d’accord sur
   *[people] Les gens sont le plus sûrement d’accord sur
}
lead-most-no = { $who ->
    [both] Les deux groupes disent non le plus sûrement à
    [all] Tous les groupes disent non le plus sûrement à
    [shown] Les groupes montrés disent non le plus sûrement à
   *[people] Les gens disent non le plus sûrement à
}
lead-apart = Les groupes diffèrent le plus sûrement sur
share-agree = d’accord
share-disagree = pas d’accord
share-pass = passent
percent = { $n } %
percent-template = {"{"}n{"}"} %
statement-link = Lien vers cette affirmation
statement-number = N° { $number }
results-later = Pas encore
figure-people = personnes ont participé
figure-votes = votes
figure-statements = affirmations
figure-groups = groupes
figure-compared = personnes sur la carte
figure-rejected = non acceptées
figure-voted-on = affirmations avec assez de votes
figure-on-agenda = { $items ->
    [one] à l’ordre du jour, en { $items } point
   *[other] à l’ordre du jour, en { $items } points
}
bar-numbers = { $agree } % d’accord · { $pass } % passent · { $disagree } % pas d’accord, sur { $n }
too-few-to-show = trop peu de personnes pour montrer un chiffre
findings-label = Les principaux résultats
kind-yes = { $who ->
    [both] Les deux groupes sont d’accord
    [all] Les { $groups } groupes sont d’accord
    [shown] Les groupes montrés sont d’accord
   *[people] La plupart des gens sont d’accord
}
kind-no = { $who ->
    [both] Les deux groupes disent non
    [all] Les { $groups } groupes disent non
    [shown] Les groupes montrés disent non
   *[people] La plupart des gens disent non
}
kind-differ = Les groupes diffèrent
agree-title = { $who ->
    [both] Sur quoi les deux groupes sont d’accord
    [all] Sur quoi tous les groupes sont d’accord
    [shown] Sur quoi les groupes montrés sont d’accord
   *[people] Sur quoi la plupart des gens sont d’accord
}
agree-hint = { $who ->
    [people] Clairement plus de la moitié dit la même chose. Le plus sûr d’abord.
    [shown] Une nette majorité de chaque groupe montré dit la même chose. Le plus sûr d’abord.
   *[other] Une nette majorité de chaque groupe dit la même chose. Le plus sûr d’abord.
}
agree-counts = Oui à { $yes }, non à { $no }
agree-no = { $who ->
    [both] Les deux groupes disent non
    [all] Tous les groupes disent non
    [shown] Les groupes montrés disent non
   *[people] La plupart des gens disent non
}
agree-empty = { $who ->
    [people] Encore rien sur quoi les gens soient clairement d’accord. Cela peut changer avec plus de votes.
   *[other] Encore rien sur quoi tous les groupes soient clairement d’accord. Cela peut changer avec plus de votes.
}
list-all = Voir les { $n }
list-part = Les { $shown } premières sur { $all }
differ-title = Sur quoi les groupes diffèrent
differ-hint = { $groups ->
    [2] La majorité d’un groupe dit une chose, la majorité de l’autre ne la dit pas. L’écart le plus sûr vient en premier.
   *[other] La majorité d’un groupe dit une chose, la majorité d’un autre ne la dit pas. L’écart le plus sûr vient en premier.
}
differ-empty = Aucune affirmation ne sépare clairement les groupes.
one-group-title = Ce dont un groupe a besoin
one-group-hint = { $groups ->
    [2] La plupart d’un groupe le veulent, la plupart de l’autre ne le demandent pas, et moins d’un quart s’y oppose.
   *[other] La plupart d’un groupe le veulent, la plupart de chaque autre ne le demandent pas, et moins d’un quart s’y oppose.
}
unclear-title = Ce qui n’est pas clair
unclear-hint = Plus de la moitié a choisi « Je passe » : le texte n’est peut-être pas clair, ou les gens n’en savent pas encore assez.
map-short = La carte
groups-title = { $n ->
    [2] Deux groupes, d’après les votes
    [3] Trois groupes, d’après les votes
    [4] Quatre groupes, d’après les votes
    [5] Cinq groupes, d’après les votes
   *[other] { $n } groupes, d’après les votes
}
groups-nobody = Personne n’a encore voté sur assez d’affirmations pour être comparé à d’autres.
groups-none = Il n’y a pas de groupes nets : les votes ne partagent pas les personnes de la carte en groupes qui tiennent ensemble.
group-of = { $size ->
    [one] { $size } personne sur les { $placed } de la carte.
   *[other] { $size } personnes sur les { $placed } de la carte.
}
group-says = { $groups ->
    [2] Ce qui les distingue de l’autre groupe :
   *[other] Ce qui les distingue des autres groupes :
}
group-name = Groupe { $label }
group-heading = Groupe { $label }, { $size ->
    [one] { $size } personne
   *[other] { $size } personnes
}
group-nothing-typical = Rien ne distingue clairement ce groupe des autres.
typical-agree = { $percent } % d’accord
typical-disagree = { $percent } % pas d’accord
typical-next = { $groups ->
    [2] groupe { $label } : { $percent } %
   *[other] ensuite, groupe { $label } : { $percent } %
}
sort-by = Trier par
sort-number = Numéro
sort-agree = Le plus de « D’accord » d’abord
sort-disagree = Le plus de « Pas d’accord » d’abord
sort-votes = Le plus de votes d’abord
sort-gap = L’écart le plus sûr d’abord
statements-all = { $n ->
    [0] Aucune affirmation
    [one] La seule affirmation
   *[other] Les { $n } affirmations
}
statements-find = Chercher des mots
statements-show = Afficher
statements-search = Afficher
statements-none = Aucune affirmation ne correspond.
statements-again = Afficher toutes les affirmations
statements-part = Affirmations { $first } à { $last } sur { $total }.
statements-hint = Parts des personnes qui ont voté sur une affirmation. Sous la lettre d’un groupe : la part de ce groupe qui est d’accord.
show-all = Toutes
show-yes = Sur quoi les gens sont d’accord : oui
show-no = Sur quoi les gens sont d’accord : non
show-differ = Sur quoi les groupes diffèrent
show-one-group = Ce dont un groupe a besoin
show-unclear = Ce qui n’est pas clair
sure-title = À quel point est-ce sûr ?
sure-who = { $n ->
    [one] Les personnes qui ont participé n’ont pas été tirées au sort. Ceci dit donc ce que pense cette seule personne, pas ce que pense tout le monde.
   *[other] Les personnes qui ont participé n’ont pas été tirées au sort. Ceci dit donc ce que pensent ces { $n } personnes, pas ce que pense tout le monde.
}
sure-again = D’autres personnes donneraient-elles les mêmes groupes ?
sure-again-text = Nous avons tiré { $resamples } nouveaux échantillons parmi les personnes qui ont voté. Nombre d’échantillons qui ont donné autant de groupes : { $again }. Nous avons aussi mélangé les votes { $shuffles } fois, pour ne garder que le hasard. Des groupes aussi nets que ceux-ci sont-ils apparus ? { $good ->
    [0] Jamais
    [one] Une fois
   *[other] { $good } fois
}.
sure-not-on-map = Qui n’est pas sur la carte ?
sure-not-on-map-text = { $n ->
    [0] Toutes les personnes qui ont participé sont sur la carte.
    [one] Une personne a voté sur trop peu d’affirmations pour être comparée aux autres. Là où moins de { $min } personnes comme elle ont voté sur une affirmation, leurs votes n’entrent pas dans ses parts.
   *[other] { $n } personnes ont voté sur trop peu d’affirmations pour être comparées aux autres. Là où moins de { $min } d’entre elles ont voté sur une affirmation, leurs votes n’entrent pas dans ses parts.
}
sure-clearly = Que veut dire « clairement », et quelqu’un a-t-il pu tricher ?
sure-clearly-text = Nous tenons compte du hasard de la participation : même avec un tirage malchanceux, plus de la moitié le dirait. Sur 20 affirmations où les gens sont en réalité partagés en deux, environ une peut passer par chance. Au moins 7 personnes de chaque groupe ont voté dessus, ou tout un groupe plus petit.
sure-margin-text = Pour faire sortir une affirmation de la liste, il faudrait au moins ce nombre de nouvelles personnes qui votent ensemble, si les autres restent dans leurs groupes :
sure-least = { $who ->
    [people] Accord, en tenant compte du hasard
   *[other] Plus faible accord d’un groupe, en tenant compte du hasard
}
sure-newcomers = Nouvelles personnes
sure-not-shown = Qu’est-ce qui n’a pas été montré ?
sure-not-shown-text = { $n ->
    [0] Aucune affirmation n’a été refusée.
    [one] La modération n’a pas accepté une affirmation.
   *[other] La modération n’a pas accepté { $n } affirmations.
} Les groupes et les nombres de moins de { $min } personnes ne sont jamais montrés, ni rien qui révélerait comment elles ont voté.
sure-decisions = Ce que la modération a décidé, et pourquoi
method-title = Comment est-ce calculé ?
method-text = Les votes de chaque personne forment une ligne d’un tableau. Une méthode appelée analyse en composantes principales trouve les deux directions dans lesquelles les gens diffèrent le plus. Une seconde, appelée k-moyennes, trouve les groupes. Aucune des deux ne sait ce que dit une affirmation. Tant que le vote est ouvert, les votes les plus récents sur une affirmation ne sont peut-être pas encore comptés.
method-stability-unknown = On peut découper n’importe quelle foule en morceaux. Nous calculons encore si d’autres échantillons de ces personnes donneraient les mêmes groupes, et si le hasard en donne d’aussi bons.
method-limits = Ce qui est typique d’un groupe vient des mêmes votes que le groupe lui-même : cela décrit le groupe et ne prouve rien. Les deux directions de la carte montrent { $explained } % des différences entre les votes des gens. Le reste n’est pas sur l’image.
method-silhouette = À quel point les groupes sont séparés, de −1 à 1 : { $silhouette }. Des foules sans aucun groupe arrivent à environ 0,3.
method-agreement = À quel point les groupes de nouveaux échantillons ressemblent à ceux-ci (1 = identiques, 0 = hasard) : { $agreement }.
results-as-of = Situation au { $at }.
results-head = Empreinte de tous les votes jusque-là :
check-title = Télécharger et vérifier
check-text = Les fichiers contiennent ce que montre cette page, pour chaque affirmation : des nombres de votes, jamais le vote d’une personne.
check-licence = Tout le monde peut les utiliser sous la licence { $licence }, en citant la source.
check-csv = Tableau (CSV)
check-json = Tout (JSON)

# After the end, and on pages that stay open

late-title = Décidé après la fin
late-text = { $n ->
    [one] Après la fin du vote, la modération a décidé pour une affirmation de plus. Les résultats de cette page en tiennent compte.
   *[other] Après la fin du vote, la modération a décidé pour { $n } affirmations de plus. Les résultats de cette page en tiennent compte.
}
late-list = Afficher la liste
late-accepted = acceptée
late-rejected = non acceptée
late-pending = attend de nouveau la modération
date = Date
newer-results = Il y a des résultats plus récents que ceux de cette page.
newer-results-load = Afficher les résultats les plus récents
closed-now = Cette consultation s’est terminée pendant que cette page était ouverte chez vous. On ne peut plus voter.
not-counted-title = Non compté
not-counted-text = La consultation s’est terminée avant que ceci nous arrive :

# The agenda

agenda-title = L’ordre du jour de l’assemblée
agenda-published = Publié le { $at }. Organisation : { $organiser }. Version { $version }.
agenda-published-by-nobody = Publié le { $at }. Version { $version }.
agenda-how = Préparé pour { $places ->
    [one] { $places } place
   *[other] { $places } places
}, à partir de { $candidates ->
    [one] { $candidates } affirmation
   *[other] { $candidates } affirmations
} au choix, d’après les votes de { $voters } personnes : celles qui sont sur la carte et sont d’accord avec au moins une affirmation au choix.
agenda-how-few = Préparé pour { $places ->
    [one] { $places } place
   *[other] { $places } places
}, à partir de { $candidates ->
    [one] { $candidates } affirmation
   *[other] { $candidates } affirmations
} au choix, d’après les votes de moins de { $min } personnes.
agenda-numbers-later = Vous verrez ici comment les gens ont voté dès que vous pourrez voir les résultats.
agenda-items-title = Ce qu’il contient
agenda-made-title = Comment il a été fait
agenda-not-yet = Aucun ordre du jour n’est encore publié. En attendant, regardez sur quoi les gens sont d’accord :
agenda-no-items = Aucune affirmation n’a encore assez de votes dans chaque groupe pour être à l’ordre du jour.
agenda-version = Le projet d’ordre du jour date du { $day }. Il repose sur les votes jusqu’à l’entrée { $version } du journal.
why-heading = Pourquoi c’est ici.
why-bridging = Une nette majorité de chaque groupe est d’accord. De toutes les personnes qui ont voté dessus, { $percent } % sont d’accord.
why-agreed = Une nette majorité des personnes de la carte est d’accord. De toutes les personnes qui ont voté dessus, { $percent } % sont d’accord.
why-bridging-plain = Une nette majorité de chaque groupe est d’accord.
why-agreed-plain = Une nette majorité des personnes de la carte est d’accord.
why-sure = Même avec de la malchance dans le choix des personnes, au moins { $percent } % de chaque groupe seraient d’accord. Dans chaque groupe, il y a au moins { $n } votes.
why-sure-one = Même avec de la malchance dans le choix des personnes, au moins { $percent } % des personnes de la carte seraient d’accord. Leur nombre de votes : { $n }.
why-chosen = La règle qui partage les places l’a choisie. Nous n’en disons pas plus : cela pourrait révéler comment quelques personnes ont voté.
why-later = Vous lirez pourquoi dès que vous pourrez voir les résultats.
why-proportional = Les places sont partagées de façon juste : plus de personnes, plus de places. Assez de personnes sont d’accord ici pour obtenir une place.
why-proportional-unserved = Les places sont partagées de façon juste : plus de personnes, plus de places. Assez de personnes sont d’accord ici pour obtenir une place. Pour { $unserved } d’entre elles, c’est la première affirmation choisie avec laquelle elles sont d’accord.
why-completion = Des places restaient. Les personnes d’accord ici étaient les plus près d’en obtenir une.
why-completion-unserved = Des places restaient. Les personnes d’accord ici étaient les plus près d’en obtenir une. Pour { $unserved } d’entre elles, c’est la première affirmation choisie avec laquelle elles sont d’accord.
item-seen = { $n ->
    [one] { $n } personne a voté dessus.
   *[other] { $n } personnes ont voté dessus.
}
item-bars = Tous les votes
item-page = La page de cette affirmation
left-out-title = Ce qui n’est pas à l’ordre du jour, et pourquoi ({ $n })
left-out-agreed = { $who ->
    [people] Une nette majorité est d’accord, mais d’autres affirmations ont été choisies
    [shown] Une nette majorité de chaque groupe montré est d’accord, mais d’autres affirmations ont été choisies
   *[other] Une nette majorité de chaque groupe est d’accord, mais d’autres affirmations ont été choisies
}
left-out-one-group = { $who ->
    [shown] Parmi les groupes montrés, un seul est nettement d’accord, et d’autres affirmations ont été choisies
   *[other] Un seul groupe est nettement d’accord, et d’autres affirmations ont été choisies
}
left-out-differ = Les groupes sont nettement différents là-dessus
left-out-rejected = La modération l’avait refusée avant le projet d’ordre du jour
left-out-not-accepted = La modération n’avait pas encore décidé au moment du projet
no-longer-shown = (Cette affirmation n’est pas montrée.)
left-out-meta = Elle parle de la personne qui vote, pas de la question
left-out-too-few = Trop peu de votes dans au moins un groupe
left-out-not-chosen = D’autres affirmations ont été choisies
left-out-removed = Enlevée par l’organisation
left-out-later = Venue après le projet d’ordre du jour
left-out-hint = Ici, nous prenons les résultats de maintenant. Au moment du projet, ils étaient peut-être différents.
left-out-search = Chercher dans toutes les affirmations

# Moderating

moderate-title = Modérer
queue-empty = Rien n’attend. Les nouvelles affirmations apparaissent ici dès qu’elles arrivent.
pages-label = Pages de cette liste
pages-shown = { $first } à { $last } sur { $total }
pages-before = Page précédente
pages-after = Page suivante
many-title = En refuser beaucoup à la fois (par exemple, des messages indésirables)
many-hint = Toutes les affirmations en attente sont refusées, du premier numéro au dernier. À la page suivante, vous pourrez annuler cela en une fois.
many-first = Du numéro
many-last = Au numéro
many-because = Pourquoi elles sont refusées
many-button = Les refuser toutes
queue-many-rejected = { $n ->
    [0] Aucune de ces affirmations n’est refusée maintenant.
    [one] { $n } affirmation a été refusée.
   *[other] { $n } affirmations ont été refusées.
}
queue-many-none = Aucune affirmation avec ces numéros n’était en attente.
queue-undo-many = { $n ->
    [one] Annuler le refus
   *[other] Annuler les { $n } refus
}
queue-new-template = {"{"}n{"}"} en attente : recharger la liste
queue-undo = Annuler
accept = Accepter
reject-because = Refuser, pour cette raison :
reject-other = Autre raison
clusters-title = Groupes en direct
clusters-counts = Personnes : { $people } · votes : { $votes } · affirmations montrées : { $statements }
clusters-counts-template = Personnes : {"{"}participants{"}"} · votes : {"{"}votes{"}"} · affirmations montrées : {"{"}statements{"}"}
put-back = Remettre en attente

# Organising

organise-title = Organiser
organise-empty = Il n’y a pas encore de consultation. Créez la première ci-dessous.
new-conversation = Une nouvelle consultation
form-slug = Son adresse
form-slug-hint = Après « /c/ » : des minuscules, des chiffres et des tirets, comme berges-2026. On ne peut plus la changer une fois la consultation ouverte.
form-question = La question
form-description = Ce qu’il faut savoir d’abord (facultatif)
form-organiser = Qui pose la question
form-promise = Ce qui sera fait des réponses
form-promise-hint = Dites ce que vous promettez : qui lira les résultats, à quelle décision ils serviront, et quand les gens auront une réponse. Tout le monde le voit sur la page de la consultation.
form-policy = Raisons de refuser une affirmation
form-policy-hint = Écrivez une raison par ligne. La modération peut en choisir une, et la personne qui a écrit l’affirmation la voit. Une fois la consultation ouverte, vous ne pouvez changer cette liste qu’en donnant une raison.
form-results = Quand les personnes qui participent voient-elles les résultats ?
results-rule-after-n = Après 7 votes de leur part
results-rule-always = À tout moment
results-rule-at-close = À la fin de la consultation
form-moderation = Que devient une nouvelle affirmation ?
moderation-rule-before = Elle attend que la modération l’accepte
moderation-rule-after = Elle est montrée tout de suite
form-listed = L’afficher sur la page d’accueil
create-button = Créer
save-button = Enregistrer
organise-counts = { $people ->
    [one] { $people } personne
   *[other] { $people } personnes
}, { $votes ->
    [one] { $votes } vote
   *[other] { $votes } votes
} ; { $shown ->
    [one] { $shown } affirmation montrée
   *[other] { $shown } affirmations montrées
}, { $pending } en attente de la modération.
share-link = L’adresse à partager :
share-poster = Affiche avec un code QR
share-wall = Image pour le mur d’une salle
share-button = Partager
share-copied = L’adresse est copiée.
poster-print = Imprimez cette page ou enregistrez-la en PDF.
poster-call = Donnez votre avis
poster-how = Cela prend une minute, sur un téléphone aussi. Vous n’avez pas besoin de compte.
qr-label = Code QR de { $address }
wall-agreed = Ce sur quoi les gens sont le plus sûrement d’accord
wall-join = Participez :
open-button = Ouvrir aux votes
open-fixes = Une fois la consultation ouverte, vous ne pouvez plus changer son adresse. Vous ne pouvez changer ce que vous promettez qu’en donnant une raison que tout le monde lit.
policy-title = Raisons de refuser une affirmation
seeds-draft-hint = Avant d’ouvrir la consultation, vous pouvez modifier, déplacer ou supprimer ces affirmations.
seed-words = L’affirmation
seed-change-label = Modifier l’affirmation { $number }
draft-manage-title = Changer l’adresse ou supprimer ce brouillon
draft-deleted = Le brouillon a été supprimé.
rename-button = Changer l’adresse
delete-title = Supprimer ce brouillon
delete-hint = Tout son texte et ses affirmations de départ seront supprimés pour toujours. Tapez { $slug } pour confirmer.
delete-label = L’adresse du brouillon
delete-button = Supprimer
delete-not-this = Rien n’a été supprimé : l’adresse que vous avez tapée n’est pas { $slug }.
close-button = Terminer la consultation
seeds-title = Affirmations de départ ({ $n })
seeds-empty = Pas encore d’affirmations de départ.
seeds-added = { $n ->
    [one] { $n } affirmation a été ajoutée.
   *[other] { $n } affirmations ont été ajoutées.
}
seed-label = Ajouter une affirmation
seed-meta = Elle porte sur la personne (« J’habite ici ») : ne pas l’utiliser pour la carte
seed-button = Ajouter
seed-file = En ajouter beaucoup depuis un fichier
seed-file-hint = Un fichier Excel ou CSV avec une colonne nommée « texte » ou « affirmation », ou une simple liste avec une affirmation par ligne. Rien n’est enregistré avant que vous ayez vu ce qui sera ajouté.
seed-file-button = Regarder le fichier
seeds-here = { $n ->
    [one] { $n } était déjà là et a été ignorée.
   *[other] { $n } étaient déjà là et ont été ignorées.
}
seeds-none-added = Rien n’a été ajouté. { $why }
preview-title = Ce qui sera ajouté
preview-back = Retour à la consultation
preview-heading = { $all ->
    [one] À ajouter : { $n } sur { $all } ligne
   *[other] À ajouter : { $n } sur { $all } lignes
}
preview-lead = Rien n’est encore enregistré. Vérifiez d’abord la liste ci-dessous.
preview-new = { $n ->
    [one] { $n } affirmation sera ajoutée.
   *[other] { $n } affirmations seront ajoutées.
}
preview-here = { $n ->
    [one] { $n } sera ignorée : elle est déjà là, ou deux fois dans le fichier.
   *[other] { $n } seront ignorées : elles sont déjà là, ou deux fois dans le fichier.
}
preview-bad = { $n ->
    [one] { $n } ne peut pas être ajoutée. La liste dit pourquoi. Vous pouvez corriger le fichier et le renvoyer.
   *[other] { $n } ne peuvent pas être ajoutées. La liste dit pourquoi. Vous pouvez corriger le fichier et le renvoyer.
}
preview-add = { $n ->
    [one] Ajouter { $n } affirmation
   *[other] Ajouter { $n } affirmations
}
preview-other-file = Choisir un autre fichier
preview-caption = Comment le fichier a été lu :
preview-caption-file = Comment { $name } a été lu :
line = Ligne
what-happens = Ce qui se passe
fate-new = Sera ajoutée
fate-here = Déjà là, sous le n° { $number }
fate-repeats = Comme la ligne { $line }
fate-bad = Ne peut pas être ajoutée.
read-utf8 = un fichier texte (UTF-8),
read-utf16 = un fichier texte (UTF-16),
read-windows = un fichier texte (codage Windows),
read-workbook = un classeur Excel,
read-commas = colonnes séparées par des virgules,
read-semicolons = colonnes séparées par des points-virgules,
read-tabs = colonnes séparées par des tabulations,
read-one-column = une seule colonne,
read-column = affirmations prises dans la colonne « { $name } ».
read-no-heading = pas de titre.
question-title = Quelle colonne contient les affirmations ?
question-lead = Le fichier a plusieurs colonnes, et leurs noms ne disent pas clairement laquelle contient les affirmations. Choisissez-la.
question-columns = Choisissez une colonne (vous voyez le début de chacune)
question-lines = Le fichier n’a pas de colonnes : prendre chaque ligne entière, même la première, comme une affirmation
question-header = La première ligne est un titre
question-button = Afficher ce qui sera ajouté
draft-agenda = Préparer l’ordre du jour
see-agenda = Voir le projet d’ordre du jour
see-published-agenda = Voir l’ordre du jour publié
agenda-method = Jusqu’à la moitié des places, arrondie vers le haut, va aux affirmations avec lesquelles une nette majorité de chaque groupe est d’accord. Les autres places sont partagées de façon juste : plus de personnes, plus de places. Ensuite, vous formulez les questions, fixez les durées, et ajoutez, déplacez ou enlevez des points. Chaque changement est montré.
agenda-places = Places à l’ordre du jour
agenda-draft = Préparer l’ordre du jour
agenda-draft-again = Le préparer à nouveau d’après les votes
agenda-frozen = Publié, version { $version }
agenda-none-yet = Rien n’est encore préparé.
agenda-by-hand = Modifié après le projet
agenda-publish = Publier cet ordre du jour
move-up = Monter
move-down = Descendre
remove = Enlever
move-up-label = Monter le point { $place }
move-down-label = Descendre le point { $place }
remove-label = Enlever le point { $place }

# What went wrong

error-not-found = Cette page n’existe pas, ou n’existe plus.
error-sign-in = Connectez-vous d’abord.
error-page-not-allowed = Cette page est pour d’autres personnes. Si vous en avez besoin, demandez une invitation à l’équipe.
error-wrong-site = Cette demande ne vient pas d’une page de ce site. Rien n’a donc été fait.
error-bad-form = Nous n’avons pas pu lire ce qui a été envoyé. Revenez en arrière, rechargez la page et réessayez.
error-too-large = C’est trop gros : on peut envoyer au plus 4 Mo à la fois.
error-bad-host = Cette demande ne nomme pas exactement un site. Rien n’a donc été fait.
error-wrong-method = Cette adresse ne s’utilise pas ainsi. Revenez en arrière et utilisez les boutons de la page.
error-not-a-websocket = Cette adresse est pour les WebSockets. Ouvrez-la avec un client WebSocket, version 13.
error-too-fast = Trop de demandes sont venues d’ici à la fois. Réessayez dans { $seconds } s.
error-internal = Quelque chose s’est cassé ici. Réessayez.
error-unavailable = Les données ne sont pas accessibles pour l’instant. Réessayez dans un moment.
error-not-saved = Ceci n’a pas été enregistré. Réessayez dans un moment.
error-unreadable = Cette consultation ne peut pas être chargée pour l’instant. Réessayez dans un moment.
error-busy = Il se passe trop de choses à la fois. Réessayez dans un moment.
error-restarting = Cette consultation redémarre. Réessayez dans un moment.
error-no-such-conversation = Cette consultation n’existe pas.
error-bad-places = Un ordre du jour a entre 1 et { $max } points.
error-needs-rule = Pour refuser, il faut choisir une des raisons de la liste.
error-bad-address = « { $text } » ne peut pas être une adresse. Utilisez de 1 à 64 des caractères a-z, 0-9, « . », « _ » et « - », avec une lettre ou un chiffre au début et à la fin.
error-too-many-at-once = Vous, ou d’autres sur votre réseau, avez envoyé beaucoup d’affirmations ces derniers temps. Renvoyez celle-ci dans { $minutes ->
    [one] une minute
   *[other] { $minutes } minutes
}.
error-not-joined = Participez d’abord : cette connexion ne fait que regarder.
error-hello-again = Cette connexion a déjà dit bonjour.
error-too-many-messages = Trop de messages ; le prochain sera lu dans { $ms } ms.
error-bad-frame-no-object = Ce message n’est pas un objet JSON.
error-bad-frame-json = Ce message n’est pas du JSON ; l’erreur est à la colonne { $column }.
error-bad-frame-fields = Ce message a un champ inconnu ou manquant, ou une valeur fausse, à la colonne { $column }.
error-bad-frame-skips = On peut sauter au plus { $max } affirmations.
error-not-open = Cette consultation n’est pas ouverte. Ce n’est donc pas possible maintenant.
error-unknown-statement = Cette affirmation n’existe pas dans cette consultation.
error-statement-not-shown = Cette affirmation n’est pas ouverte aux votes.
error-unknown-participant = Vous ne participez pas encore à cette consultation.
error-operation-reused = Quelque chose n’a pas marché dans votre navigateur. Rien n’a donc été changé. Réessayez.
error-statement-empty = Écrivez une affirmation avec laquelle on peut être d’accord ou pas d’accord.
error-statement-too-long = Ce texte a { $found } caractères. Restez à { $max } au plus, pour qu’on puisse le lire d’un coup d’œil.
error-statement-exists = L’affirmation { $number } dit déjà la même chose.
error-too-many-pending = Vous avez { $max } affirmations qui attendent la modération. Attendez qu’elles soient lues.
error-too-many-statements = Cette consultation a autant d’affirmations qu’elle peut en contenir.
error-bad-text = { $field } : il faut entre 1 et { $max } caractères.
error-text-too-long = { $field } : au plus { $max } caractères.
error-submitted-already = Vous avez déjà envoyé cette affirmation.
error-others-voted = Quelqu’un d’autre a voté sur cette affirmation. Elle reste donc comme elle est.
error-decided-already = La modération a refusé cette affirmation. Vous ne pouvez donc pas la modifier ni la retirer.
error-changed-meanwhile = Quelque chose a changé entre-temps. Réessayez.
error-not-draft = Seul un brouillon peut être modifié ainsi : cette consultation a déjà été ouverte.
error-deleted = Cette consultation a été supprimée.
error-unknown-rule = Cette raison n’est pas sur la liste de cette consultation.
error-too-many-rules = Donnez au plus { $max } raisons de refuser une affirmation.
error-address-taken = Une autre consultation a déjà l’adresse « { $slug } ».
error-not-allowed = Vous n’avez pas le droit de faire cela.
error-no-agenda = Il n’y a pas encore de projet d’ordre du jour.
error-agenda-item = Ce n’est pas possible. Le point a peut-être été enlevé entre-temps. Rechargez la page.
field-question = La question
field-organiser = Le nom de qui pose la question
field-description = La description
field-promise = La promesse
field-rule = Chaque raison de refuser une affirmation
field-reason = La raison
field-name = Le nom
list-not-text = Ce n’est ni un fichier texte ni un classeur Excel. Enregistrez-le en « CSV UTF-8 » ou en .xlsx et renvoyez-le.
list-no-workbook = Ce fichier ne peut pas être lu comme un classeur Excel. Enregistrez-le en .xlsx ou en « CSV UTF-8 » et renvoyez-le.
list-workbook-too-large = Ce classeur est trop gros. Enregistrez la feuille avec la liste en « CSV UTF-8 » et envoyez cela.
list-row = Ligne { $line } : { $what }.
list-text-after-quote = il y a du texte après le guillemet fermant
list-open-quote = un guillemet est ouvert ici et jamais fermé
list-too-long = la ligne est trop longue ; manque-t-il un guillemet fermant ?
list-empty = Il n’y a pas d’affirmations dans ce fichier.
list-too-many = Il y a plus de { $max } affirmations dans ce fichier.
role-participant = participation
role-moderator = modération
role-overseer = observation
role-organiser = organisation
role-owner = direction du site

### Signing in, and one's own account

desk-name = Bureau de l’organisation
desk-all = Toutes les consultations
desk-account = Compte
tabs-label = Cette consultation
tab-run = Gérer
tab-moderate = Modérer
tab-results = Résultats
tab-agenda = Ordre du jour
tab-people = Équipe
tab-log = Journal
tab-conversations = Consultations
tab-account = Compte
frame-people = { $n ->
    [one] { $n } personne
   *[other] { $n } personnes
}
frame-votes = { $n ->
    [one] { $n } vote
   *[other] { $n } votes
}
frame-statements = { $n ->
    [one] { $n } affirmation montrée
   *[other] { $n } affirmations montrées
}
sign-in-title = Se connecter au bureau de l’organisation
sign-in-address = Votre adresse e-mail
sign-in-password = Mot de passe
sign-in-button = Se connecter
sign-in-wrong = L’adresse ou le mot de passe n’est pas juste. Vérifiez les deux.
sign-in-kept = Votre session s’est fermée entre-temps. Connectez-vous, et vous pourrez envoyer ce que vous avez écrit : votre texte est gardé.
sign-in-ended = Votre session s’est fermée entre-temps, et rien n’a été fait. Connectez-vous à nouveau.
sign-in-how-long = Sur cet appareil, votre session reste ouverte jusqu’à 7 jours. Elle se ferme après 12 heures sans activité. Si cela arrive pendant que vous remplissez un formulaire, l’essentiel de votre texte est gardé si vous vous reconnectez avec votre mot de passe.
sign-in-lost = Mot de passe ou application perdus ? Les responsables de ce serveur peuvent créer un lien qui vous laisse entrer une fois.
here-to-vote = Vous venez voter ?
here-to-vote-lead = Pour cela, vous n’avez pas besoin de compte.
here-to-vote-button = Voir les consultations ouvertes
code-title = Encore une étape
code-label = Code
code-hint = Les six chiffres que votre application montre maintenant, ou un des codes que vous avez imprimés.
code-button = Continuer
code-wrong = Ce code n’est pas juste, ou il a déjà servi. Attendez le suivant et réessayez.
app-title = Configurer votre deuxième étape
app-lead = Un mot de passe seul peut être deviné ou volé. Une application sur votre téléphone donne un nouveau code toutes les trente secondes : avec seulement votre mot de passe, personne ne peut se connecter.
app-scan = 1. Scannez ceci avec votre application
app-qr = Un code QR pour votre application. La même chose est écrite en dessous.
app-type = Toute application de codes à usage unique convient. Pas d’appareil photo ? Tapez ceci dans l’application :
app-check = 2. Tapez le code qu’elle montre
app-code-label = Six chiffres
app-again-title = Application et codes à imprimer
app-again-hint = Un code de l’application que vous avez maintenant, ou un code que vous avez imprimé. Ensuite, vous configurez la nouvelle.
app-again-button = Configurer une nouvelle application
app-codes-left = { $n ->
    [0] Il ne vous reste aucun code imprimé.
    [one] Il vous reste un code imprimé.
   *[other] Il vous reste { $n } codes imprimés.
}
recovery-title = Imprimez ces codes et gardez-les en lieu sûr
recovery-lead = Avec votre mot de passe, chaque code vous laisse entrer une fois si vous perdez votre téléphone. Ils ne sont montrés que maintenant.
recovery-button = Je les ai : continuer
kept-heading = Votre session est ouverte
kept-title = Voici ce que vous avez écrit
kept-lead = Ce n’est pas encore envoyé.
kept-button = Envoyer maintenant
kept-drop = Abandonner
enter-title = Entrer
enter-as = Vous recevez une invitation pour ce rôle : { $role }. Créez un compte, et ce lien aura servi.
enter-as-known = { $name }, vous recevez une invitation pour ce rôle : { $role }.
enter-address-fixed = L’invitation indique cette adresse.
enter-address-hint = Vous vous connectez avec elle. Vos collègues la voient dans la liste de l’équipe et dans le journal.
enter-password = Choisissez un mot de passe
enter-password-hint = Au moins { $min } caractères. Le mieux : quelques mots que personne d’autre ne mettrait ensemble.
enter-make = Créer mon compte
enter-have-account = Vous avez déjà un compte ?
enter-sign-in-first = Connectez-vous d’abord, puis ouvrez à nouveau le lien.
enter-accept = Accepter
enter-once = Ce lien vous connecte une fois, sans mot de passe.
enter-button = Entrer
enter-bad = Ce lien ne marche pas. Il a servi, a été retiré, a expiré ou est incomplet. Demandez-en un nouveau.
address-bad = Ce n’est pas une adresse e-mail. Écrivez-la comme nom@example.org.
address-taken = Il y a déjà un compte avec cette adresse. Connectez-vous d’abord, puis ouvrez à nouveau le lien.
password-too-short = Ce mot de passe est trop court : il faut au moins { $min } caractères.
password-too-long = Ce mot de passe est trop long : il peut avoir { $max } caractères.
password-too-common = Beaucoup de gens devineraient ce mot de passe. Choisissez-en un autre.
password-wrong = Le mot de passe que vous avez maintenant n’est pas juste.
password-title = Changer votre mot de passe
password-now = Le mot de passe que vous avez maintenant
password-new = Le nouveau
password-ends-others = Tous vos autres navigateurs seront alors déconnectés.
password-button = Le changer
account-title = Votre compte
account-who = Vous utilisez le compte { $name }.
sessions-title = Où votre compte est ouvert
sessions-caption = L’un de ces navigateurs n’est pas à vous ? Déconnectez-le, et changez votre mot de passe.
sessions-browser = Navigateur
sessions-since = Depuis
sessions-here = celui-ci
sessions-end = Déconnecter
sessions-end-all = Déconnecter partout

### People

people-title = L’équipe de cette consultation
people-instance-title = L’équipe de ce site
people-caption = { $n ->
    [0] Aucun rôle.
    [one] Un rôle.
   *[other] { $n } rôles.
}
people-address = Adresse
people-may = Peut
people-where = Où
people-seen = Dernière visite
people-never = pas encore
people-you = vous
people-leave = Rendre ce rôle
people-role-label = Ce que { $name } peut faire
people-save-label = Enregistrer ce que { $name } peut faire
people-remove-label = Enlever { $name }
may-overseer = Observer
may-moderator = Modérer
may-organiser = Organiser
may-owner = Diriger le site
place-everywhere = toutes les consultations
place-here = cette consultation
place-department = service { $name }
place-no-department = aucun service
invite-title = Inviter une personne dans l’équipe
invite-address = Adresse e-mail
invite-hint = Vous pouvez laisser ceci vide : toute personne qui a le lien peut alors l’utiliser, une fois. Avec une adresse, seul le compte qui a cette adresse le peut.
invite-role = Que peut faire cette personne ?
invite-moderator = Modérer les affirmations
invite-organiser = Organiser : textes, dates, ordre du jour
invite-overseer = Seulement observer
invite-owner = Diriger le site : tout
invite-where = Où ?
invite-button = Créer une invitation
links-title = Liens encore valables
links-caption = { $n ->
    [0] Aucun lien n’est encore valable.
    [one] Un lien est encore valable.
   *[other] { $n } liens sont encore valables.
}
link-anybody = toute personne qui a le lien
link-shows-draft = Regarder le brouillon
link-withdraw = Retirer
invited-until = jusqu’au { $day }
made-title = Voici le lien
made-for = Donnez-le à { $address }. Il marche une fois :
made-for-anybody = Donnez-le à la personne à qui il est destiné :
made-until = Il n’est montré que maintenant, et il est valable jusqu’au { $day }.
roles-title = Ce que peut faire chaque rôle
roles-moderate = Modérer : décider ce qui est montré, en donnant une raison.
roles-organise = Organiser : tout cela, plus les textes, les dates et l’ordre du jour.
roles-oversee = Observer : tout voir, ne rien changer.
roles-nobody = Aucun rôle ne montre comment une personne a voté. Une exception : l’organisation peut télécharger les données d’une personne, ses votes aussi, si cette personne lui donne son code.
leave-not-here = Votre rôle ne concerne pas seulement cette consultation. Vous pouvez le rendre sur la page de votre compte.
last-owner = C’est la dernière personne à la direction du site : après, plus personne ne pourrait le diriger. Donnez d’abord ce rôle à quelqu’un d’autre.
owner-everywhere = La direction vaut pour tout le site, pas pour un service.
departments-title = Services
departments-lead = Un service est un ensemble de consultations. Qui a un rôle dans le service l’a dans toutes ses consultations.
departments-empty = Il n’y a pas encore de service.
department-new = Nom d’un nouveau service
department-add = L’ajouter
department-rename = Renommer
department-name-label = Nom du service { $name }
department-bad-name = Un service doit avoir son propre nom, de 1 à { $max } caractères.
department-title = Service
department-belongs = Cette consultation appartient à
preview-link-button = Créer un lien qui montre ce brouillon
preview-link-hint = Toute personne qui l’a peut regarder le brouillon pendant 7 jours, sans compte. Elle ne peut rien changer.

### Logs

log-title = Qui a fait quoi
log-instance-title = Ce qui a été fait sur ce site
log-instance-lead = Comptes, connexions, rôles, et téléchargements de journaux et de consultations. Ce qui a été fait dans une consultation est dans son propre journal.
log-caption = Rien ne peut être enlevé de cette liste. Le plus récent d’abord.
log-none = Rien n’a été trouvé.
log-when = Quand
log-who = Qui
log-what = Quoi
log-from = Du
log-until = Au
log-everybody = Tout le monde
log-everything = Tout
log-search = Afficher
log-csv = Télécharger en CSV
log-csv-hint = Un fichier contient les { $max } entrées les plus récentes. Pour de plus anciennes, choisissez d’abord des dates.
log-group-decisions = Décisions sur les affirmations
log-group-statements = Premières affirmations
log-group-rules = Textes, règles, ouverture
log-group-results = Résultats et informations
log-group-agenda = Ordre du jour
log-group-sign-ins = Connexions
log-group-accounts = Comptes
log-group-roles = Rôles et liens
log-group-instance = Services, pages, fichiers
log-group-data = Données personnelles et suppression
log-public-link = Ce que tout le monde peut voir des décisions sur les affirmations
log-command-line = ligne de commande
log-boule = Boule lui-même
log-import = un import
log-staff = l’équipe
log-nobody = N° { $number }
log-account-made = a créé le compte { $account }
log-password-changed = a changé le mot de passe de { $account }
log-second-factor-set = a configuré l’application de { $account }
log-recovery-code-used = a utilisé un code imprimé de { $account }
log-signed-in = connexion de { $account }
log-sign-in-refused = a refusé une connexion en tant que { $account }
log-signed-out = déconnexion de { $account }
log-sign-in-link-made = a créé un lien qui connecte { $account } une fois
log-invited = a invité { $account } au rôle « { $role } », { $place }
log-invited-anybody = a créé une invitation au rôle « { $role } », { $place }{ $account }
log-invitation-withdrawn = a retiré une invitation au rôle « { $role } », { $place }{ $account }
log-granted = { $account } a maintenant le rôle « { $role } », { $place }
log-role-changed = a donné à { $account } un autre rôle : { $role }, { $place }
log-revoked = { $account } n’a plus le rôle « { $role } », { $place }
log-preview-link-made = a créé un lien qui montre le brouillon { $name }
log-preview-link-withdrawn = a retiré un lien qui montrait le brouillon { $name }
log-department-made = a ajouté le service { $name }
log-department-renamed = a renommé un service en { $name }
log-assigned = { $name } appartient maintenant à : { $place }
log-log-exported = a téléchargé un journal : { $name }
log-conversation-exported = a exporté { $name } en fichiers
did-accept = a accepté le n° { $number } « { $text } »
did-reject = n’a pas montré le n° { $number } « { $text } »
did-because = raison : { $rule }
did-put-back = a remis en attente le n° { $number } « { $text } »
did-add = a ajouté le n° { $number } « { $text } »
did-reword = a reformulé le n° { $number } « { $text } »
did-remove = a enlevé le n° { $number }{ $text }
did-move-item = a déplacé un point de l’ordre du jour
did-remove-item = a enlevé un point de l’ordre du jour
did-reorder = a changé l’ordre des premières affirmations
did-create = a créé la consultation
did-change = a changé ses textes ou ses règles
did-rename = lui a donné une autre adresse
did-delete = l’a supprimée
did-open = l’a ouverte aux votes
did-close = l’a terminée
did-draft = a préparé l’ordre du jour à partir des votes
did-publish = a publié l’ordre du jour
did-enter = a saisi ce que quelqu’un a dit ou est
head-title = Empreinte de ce journal
head-claim = Notez-la quelque part en dehors de ce site. Si quelqu’un change plus tard ce que dit ce journal jusqu’ici, même avec un accès à la base de données, la comparaison des deux le montre.
head-line = { $seq ->
    [one] Après { $seq } événement :
   *[other] Après { $seq } événements :
}
heads-button = Télécharger les empreintes de tous les journaux
moderation-log-title = Décisions de la modération
moderation-log-lead = Voici ce que la modération a montré, n’a pas montré, réuni, classé, écarté ou compté de nouveau. Une raison est indiquée quand il y en a une. Les textes qui ne sont pas montrés ne sont pas répétés ici.
moderation-log-empty = Rien n’a encore été décidé.
moderation-log-caption = Les plus récentes d’abord.
moderation-log-decision = Décision
moderation-log-by = Décidé par
moderation-log-day = Jour
moderation-log-number = N° { $number }
moderation-log-accepted = montrée
moderation-log-rejected = non montrée
moderation-log-back = attend de nouveau

### Days

date-day = { $day ->
    [1] 1er
   *[other] { $day }
} { $month } { $year }
date-moment = { $day } à { $time }
month-1 = janvier
month-2 = février
month-3 = mars
month-4 = avril
month-5 = mai
month-6 = juin
month-7 = juillet
month-8 = août
month-9 = septembre
month-10 = octobre
month-11 = novembre
month-12 = décembre

### What is promised

tab-prepare = Préparer
prepare-title = Textes, promesse et règles
prepare-lead = Tant que la consultation n’est pas ouverte, vous pouvez tout changer. Ce qui est écrit ici à l’ouverture est ce qui est promis aux gens.
prepare-lead-open = Voici ce qui a été promis aux gens. Vous pouvez le changer en donnant une raison : tout le monde lit la raison.
prepare-words = Ce qui est demandé
prepare-promise = Ce qui est promis
prepare-rules = Règles et dates
form-slug-choose = Choisir son adresse vous-même
form-slug-needed = Choisissez une adresse.
form-description-hint = Les adresses de pages web deviennent des liens.
form-minutes = Combien de minutes cela prend-il ?
form-languages-hint = Leurs noms courts, par exemple : en, fr
form-reason = Pourquoi changez-vous cela ?
form-reason-hint = Toutes les personnes qui participent lisent ceci.
form-opens-at = S’ouvre d’elle-même le
form-opens-hint = Peut rester vide : vous l’ouvrez alors avec un bouton.
form-closes-at = Se termine d’elle-même le
form-closes-hint = Les pages alors ouvertes en sont averties.
form-after-n = Nombre de votes à donner avant de voir les résultats
form-max-characters = Plus longue affirmation, en caractères (80 à 400)
form-privacy-min = Plus petit groupe dont les votes sont montrés
form-privacy-min-hint = Au moins 5 : on pourrait reconnaître moins de personnes.
terms-decides = Qui décide
terms-influence = Combien comptent vos réponses
terms-in-scope = De quoi il s’agit
terms-out-of-scope = De quoi il ne s’agit pas
terms-closes = Ouverte jusqu’au
terms-minutes = Combien de temps cela prend
terms-minutes-n = { $n ->
    [one] environ une minute
   *[other] environ { $n } minutes
}
terms-languages = Langues
terms-results = Quand vous voyez les résultats
terms-statement = Longueur d’une affirmation
terms-statement-n = { $n } caractères
terms-privacy = Comment vos votes restent privés
terms-privacy-n = Les votes de moins de { $n } personnes ne sont jamais montrés comme un groupe à part.
influence-inform = On vous dit ce qui est décidé.
influence-consult = On vous écoute avant de décider.
influence-involve = On vous dit comment vos réponses ont compté dans la décision.
influence-collaborate = La décision est préparée avec vous.
influence-empower = Ce que vous décidez sera réalisé.
promise-decides = Qui décide : { $who }.
promise-open-until = Ouverte jusqu’au { $day }.
promise-opens = Ouverture le { $day }.
promise-results-always = À tout moment.
promise-results-after = { $n ->
    [one] Après votre premier vote, et à la fin de la consultation.
   *[other] Après { $n } votes de votre part, et à la fin de la consultation.
}
promise-results-at-close = À la fin de la consultation.
promise-changes = Ce qui a changé depuis l’ouverture
steps-title = Ce que deviennent les résultats, et pour quand
steps-lead = Les gens voient cette liste. À chaque date, ils attendent une réponse de vous. Si la date passe sans réponse, la page le dit.
steps-empty = Aucune date n’est encore promise.
step-due = Pour quel jour ?
step-what = Que se sera-t-il passé ?
step-what-hint = Par exemple : le conseil répond aux dix affirmations avec lesquelles le plus de gens sont d’accord.
step-add = Ajouter cette date
step-change-label = Modifier : { $what }
step-remove-hint = Videz le champ pour l’enlever de la liste.
step-bad-day = Choisissez un jour.
step-answered = Réponse donnée le { $day }
step-late = Pas encore de réponse. Elle était attendue le { $day }.
step-answer = Répondre
step-answer-label = Qu’est-ce que cela a donné ?
step-answer-button = Publier la réponse
dates-title = Dates
dates-opens = S’ouvre d’elle-même : { $day }
dates-closes = Se termine d’elle-même : { $day }
checklist-title = Mise en place : { $done } sur { $all }
check-todo = à faire
check-label = Modifier : { $what }
check-question = La question, et qui la pose
check-promise = Qui décide, et combien comptent les réponses
check-steps = Ce que deviennent les résultats, et pour quand
check-policy = Raisons de ne pas montrer une affirmation
check-closes = Le jour où elle se termine
check-seeds = Dix premières affirmations ou plus
check-colleagues = Une personne invitée dans l’équipe
copy-label = La copier comme modèle, à l’adresse
copy-hint = La copie est un brouillon avec les mêmes textes, règles et premières affirmations. Ses dates restent à fixer.
copy-button = La copier
archive-hint = La met à la fin de votre liste et l’enlève de la page d’accueil. Son adresse marche toujours.
archive-button = La ranger
archived-hint = Cette consultation est rangée.
unarchive-button = La ressortir
state-archived = rangée
did-answer = a dit ce qu’une promesse a donné
log-archived = a rangé { $name }
log-unarchived = a ressorti { $name }
error-reason-needed = Dites pourquoi vous changez cela : toutes les personnes qui participent lisent la raison.
error-unknown-step = Rien de tel n’a été promis.
error-too-many-steps = Une promesse a au plus { $max } dates.
field-answer = La réponse

nav-sign-in = Accès de l’équipe
recovers-note = Vous avez utilisé un lien à usage unique ou un code imprimé. Pendant une demi-heure, vous pouvez choisir ici un nouveau mot de passe et configurer une nouvelle application, sans les anciens. Un lien à usage unique sépare aussi votre compte des services qui vous connectaient : reliez-les à nouveau ci-dessous si vous le voulez.
own-roles-title = Ce que vous pouvez faire
own-roles-none = Vous n’avez plus aucun rôle. Demandez une invitation à l’équipe.
own-roles-caption = Vous pouvez rendre chacun de ces rôles.
enter-not-yours = Cette invitation est pour une autre adresse que celle de votre compte.
enter-holds-another = Vous y avez déjà le rôle « { $role } ». Si vous acceptez, vous perdez ce qu’il vous permet de faire. Demandez aux responsables de changer votre rôle.
log-invitation-accepted = { $account } a accepté une invitation au rôle « { $role } », { $place }

# Forgetting

own-data-title = Vos données
own-data-hint = Vous pouvez télécharger tout ce que vous avez dit ici. Vous pouvez aussi effacer vos affirmations, et le lien entre ce navigateur et vos votes.
own-data-button = Télécharger mes données
erase-link = Effacer mes données…
erase-title = Effacer mes données
erase-what = Dans cette consultation, vous avez { $votes ->
    [one] { $votes } vote
   *[other] { $votes } votes
} et { $statements ->
    [one] { $statements } affirmation
   *[other] { $statements } affirmations
}.
erase-goes = Ce qui disparaît
erase-goes-words = Vos affirmations disparaissent, sauf si quelqu’un d’autre a écrit la même chose.
erase-goes-link = Le lien entre ce navigateur et vos votes disparaît. Vous ne pouvez plus voir ni changer vos votes.
erase-goes-votes = Vos votes ne comptent plus.
erase-stays = Ce qui reste
erase-stays-counted = Vos votes restent dans le journal sous un numéro, et comptent toujours. Le journal ne dit pas de qui ils viennent.
erase-stays-uncounted = Vos votes restent dans le journal sous un numéro, mais ne comptent plus. Le journal ne dit pas de qui ils viennent.
erase-for-good = On ne peut pas revenir en arrière.
erase-button = Effacer pour toujours
erase-not = Laisser comme c’est
erase-nothing = Il n’y a rien de vous ici : ce navigateur n’a pas voté ni rien écrit dans cette consultation.
erased-done = Vos données sont effacées.
erased-stays = Seuls vos votes restent, sous un numéro. Le journal ne dit pas de qui ils viennent.
request-title = Ou demandez à l’organisation
request-code-hint = Si vous voulez que l’organisation le fasse pour vous, donnez-lui ce code. Toute personne qui l’a peut obtenir vos données, vos votes aussi, et les faire effacer : ne le donnez à personne d’autre.
requests-title = Demandes sur les données personnelles
requests-intro = Tout le monde peut télécharger ou effacer ses données sur la page « Mes votes ». Certaines personnes vous le demanderont à vous. Demandez-leur le code que montre leur page « Effacer mes données » : on ne peut trouver personne par son nom.
request-code = Le code de la personne
request-code-where = Il est sur sa page « Effacer mes données ». Il ressemble à 3f2-a90-77b-c1d-e04.
request-why = Pourquoi vous effacez. Ceci reste dans le journal : n’écrivez aucun nom.
request-data-button = Télécharger ses données
request-erase-button = Effacer ses données pour toujours
request-erases-counted = Effacer supprime les affirmations de cette personne, sauf si quelqu’un d’autre a envoyé les mêmes mots. Plus personne ne peut retrouver ses votes. Les votes restent dans le journal sous un numéro, et comptent toujours. On ne peut pas revenir en arrière.
request-erases-uncounted = Effacer supprime les affirmations de cette personne, sauf si quelqu’un d’autre a envoyé les mêmes mots. Plus personne ne peut retrouver ses votes. Les votes restent dans le journal sous un numéro, mais ne comptent plus. On ne peut pas revenir en arrière.
request-erased = Les données sont effacées.
request-unknown-code = Personne ici n’a ce code. Il est peut-être mal tapé, il vient peut-être d’une autre consultation, ou les données sont déjà effacées.
form-forgets-at = Jour où Boule oublie qui a donné quels votes
form-forgets-hint = Ce jour-là, Boule oublie quel navigateur a donné quels votes, et supprime toutes les affirmations qui ne sont pas montrées. Si on peut encore voter, la consultation se termine. On ne peut pas revenir en arrière.
form-erases-votes = Quand les gens effacent leurs données, leurs votes ne comptent plus (si la case n’est pas cochée, ils comptent toujours)
check-forgets = Le jour où Boule oublie qui a donné quels votes
terms-forgets = Ce que nous oublions, et quand
terms-forgets-on = Le { $day }, nous supprimons les liens entre navigateurs et votes, et toutes les affirmations qui ne sont alors pas montrées. Les affirmations montrées et les résultats restent. Après ce jour, plus personne ne peut retrouver vos votes ou vos affirmations pour vous.
terms-forgets-never = Aucun jour n’est fixé pour supprimer les liens entre navigateurs et votes.
terms-erases-votes = Vous pouvez effacer vos données vous-même : vos votes ne comptent alors plus.
terms-keeps-votes = Vous pouvez effacer vos données vous-même : vos votes comptent toujours, et rien dans le journal ne dit de qui ils viennent.
deletion-title = Supprimer cette consultation
deletion-hint = Dans 14 jours, Boule supprime tous les liens avec des personnes et tout ce qui n’a jamais été publié. Ce qui a été publié reste lisible par tout le monde : la question, ce que vous avez promis, les principaux résultats et les affirmations montrées. Les votes sous des numéros restent aussi dans le journal. D’ici là, vous pouvez annuler. Rouvrir la consultation annule aussi la suppression.
deletion-label = Tapez { $slug } pour confirmer
deletion-button = La supprimer dans 14 jours
deletion-planned = Cette consultation sera supprimée le { $day }.
deletion-keep = La garder finalement
kept-note = Cette consultation a été supprimée le { $day }. Ses principaux résultats restent ici.
kept-counts = { $people ->
    [one] { $people } personne a
   *[other] { $people } personnes ont
} donné { $votes ->
    [one] { $votes } vote
   *[other] { $votes } votes
}.
kept-agree = Ce à quoi les gens ont dit oui ensemble
kept-disagree = Ce à quoi les gens ont dit non ensemble
kept-unanswered = Sans réponse.
kept-changed = Changé le { $day } : { $reason }
kept-statements = Toutes les affirmations
kept-caption = { $n ->
    [one] { $n } affirmation et ses votes
   *[other] { $n } affirmations et leurs votes
}
kept-head = Calculé à partir des votes. Pour vérifier, comparez l’empreinte du journal (entrée { $version }) :
did-erase = a effacé les données d’une personne à sa demande
did-destroy-links = a fait oublier à Boule qui a donné quels votes, comme promis
did-plan-deletion = a prévu de la supprimer le { $day }
did-keep-after-all = a annulé sa suppression
log-erased-themselves = a effacé les données de quelqu’un dans { $name } qui l’a demandé sur sa propre page
log-person-erased = a effacé les données de quelqu’un qui a participé à { $name }
log-links-destroyed = a fait oublier à Boule qui a donné quels votes dans { $name }
log-deletion-planned = a prévu de supprimer { $name }
log-deletion-called-off = a annulé la suppression de { $name }
log-conversation-deleted = a supprimé { $name }
log-personal-data-sent = a téléchargé les données de quelqu’un qui participe à { $name }
error-still-open = Cette consultation est encore ouverte. Terminez-la d’abord.
error-links-destroyed = Boule a oublié qui a donné quels votes, comme promis. On ne peut donc pas la rouvrir. Copiez-la plutôt comme modèle.

# Pages about the site

footer-label = À propos de ce site
page-privacy = Vie privée
page-accessibility = Accessibilité
page-imprint = Mentions légales
page-processing = Quelles données nous traitons
page-has-gaps = Cette page a encore des trous, entre crochets, que les responsables de ce site doivent remplir.
page-gap-site = l’adresse de ce site
page-gap-contact = comment joindre les responsables de ce site
page-bad = Écrivez quelque chose, au plus 100 000 caractères. Rien n’a été changé.
tab-pages = Pages du site
pages-title = Pages à propos du site
pages-lead = La loi demande la plupart de ces pages. Boule fournit un texte pour chacune. Remplissez ce qui est entre crochets, et changez ce qui est différent chez vous. Aucun juriste n’a vérifié ces textes. Tout le monde peut les lire tous, le registre aussi : n’y écrivez rien qui aiderait une attaque.
pages-caption = Les pages du pied de page
pages-page = Page
pages-language = Langue
pages-gaps = a des trous
pages-filled = sans trous
pages-own = votre texte
pages-template = texte de Boule
pages-look = Voir la page comme tout le monde la voit
pages-text = Texte
pages-text-hint = « # Titre » fait le titre, « ## Sous-titre » commence une partie, des lignes qui commencent par « - » font une liste, une ligne vide sépare les paragraphes.
pages-reset = Supprimer ce texte et utiliser celui de Boule
log-page-changed = a changé la page « { $name } » ({ $language })

# Mail

made-mailed = L’invitation est en route par e-mail.
mail-end = Cet e-mail vient de { $site }.
mail-invitation-subject = Invitation dans l’équipe de consultations publiques
mail-invitation = Nous vous invitons à travailler avec nous, dans ce rôle : { $role }. Ouvrez ce lien pour accepter :

    { $url }

    Il marche une fois, jusqu’au { $day }. Toute personne qui l’a peut l’utiliser : ne le donnez à personne. Si vous n’attendiez pas cet e-mail, vous n’avez rien à faire.
mail-password-subject = Votre mot de passe a été changé
mail-password = Le mot de passe de votre compte vient d’être changé. Vos autres navigateurs ont été déconnectés. Si ce n’était pas vous, prévenez tout de suite les responsables du site.
mail-app-subject = Votre application de codes a été configurée
mail-app = Une application qui donne des codes pour votre compte vient d’être configurée. Si ce n’était pas vous, prévenez tout de suite les responsables du site.
mail-waiting-subject = Des affirmations attendent la modération
mail-waiting = { $n ->
    [one] Une affirmation attend
   *[other] { $n } affirmations attendent
} depuis plus longtemps que promis ({ $hours ->
    [one] une heure
   *[other] { $hours } heures
}), dans :

    { $question }

    { $url }
mail-closing-subject = Une consultation se termine bientôt
mail-closing = Cette consultation se termine le { $day } :

    { $question }

    { $url }
mail-heads-subject = Empreintes de tous les journaux
mail-heads = Gardez cet e-mail là où aucun responsable de { $site } ne peut le changer. Chaque ligne ci-dessous représente un journal : son nom, sa dernière entrée et l’empreinte de cette entrée. Copiez ces lignes dans un fichier : « boule check --heads FICHIER » trouve alors tout changement fait plus tard à ce qui précédait.

    { $heads }
form-moderated-within = La modération décide en ce nombre d’heures
form-moderated-hint = Tout le monde peut lire cette promesse. Si des affirmations attendent plus longtemps, la modération reçoit un e-mail, si ce site en envoie. Laissez vide pour ne rien promettre.
terms-moderated = En combien de temps la modération décide
terms-moderated-n = { $n ->
    [one] En une heure
   *[other] En { $n } heures
}
log-backed-up = a tout copié dans une sauvegarde
log-restored = a rétabli une sauvegarde. Ce qui a été fait entre la sauvegarde et cette ligne manque.

# Signing in by a provider

sign-in-with = Se connecter avec { $name }
enter-with = Utiliser { $name } à la place d’un mot de passe
sign-in-go-on = Continuer vers { $name }
sign-in-provider-down = { $name } n’est pas accessible pour l’instant. Réessayez plus tard, ou connectez-vous avec votre mot de passe, si vous en avez un.
sign-in-provider-failed = Cette connexion n’a pas marché, ou elle a pris trop de temps. Réessayez.
sign-in-provider-no-address = { $name } n’a pas confirmé votre adresse e-mail. Aucun compte n’a donc été créé. Ouvrez à nouveau l’invitation et choisissez un mot de passe, ou demandez aux responsables de { $name }.
sign-in-provider-unknown = Aucun compte ici n’est relié à votre connexion chez { $name }. Si vous avez un compte, connectez-vous avec votre mot de passe et reliez-le sur la page « Votre compte ». Si vous n’en avez pas, il vous faut d’abord une invitation.
log-provider-linked = { $account } peut désormais se connecter par le service de connexion
log-provider-unlinked = { $account } ne peut plus se connecter par le service de connexion
provider-title = Se connecter avec { $name }
provider-about = Reliez votre compte à { $name }. Vous pourrez alors vous connecter là-bas, sans votre mot de passe ni votre code pour ce site.
provider-joined = { $name } vous connecte ici.
provider-join-button = Relier à { $name }
provider-part-hint = Après cela, vous vous connectez avec votre mot de passe et un code. Vos autres navigateurs sont déconnectés.
provider-part-button = Séparer de { $name }
provider-part-password = Choisissez d’abord un mot de passe. Sans lui, vous ne pourriez plus vous connecter.
provider-other-address = Votre compte n’a pas été relié. { $name } n’a pas confirmé l’adresse e-mail de ce compte. Peut-être que quelqu’un d’autre y était connecté dans ce navigateur.
provider-not-joined = Votre compte n’a pas été relié. Soit cette connexion chez { $name } appartient à un autre compte ici, soit votre compte y est déjà relié à une autre connexion.
sign-in-again = Votre connexion date de plus d’une demi-heure. Déconnectez-vous, reconnectez-vous, puis faites ceci. Si un lien vous a fait entrer, demandez d’abord un nouveau lien.
account-too-long-ago = Vous ne pouvez choisir votre premier mot de passe, ou configurer votre première application, que dans la demi-heure qui suit votre connexion. Pour le faire, déconnectez-vous et reconnectez-vous. Si un lien vous a fait entrer, demandez d’abord un nouveau lien.
mail-provider-joined-subject = Votre compte a un moyen de connexion de plus
mail-provider-joined = Votre compte vient d’être relié à { $name }. La personne qui y était connectée à ce moment-là peut désormais utiliser votre compte. Ce n’était pas vous ? Alors séparez votre compte de { $name } sur la page « Votre compte », et prévenez tout de suite les responsables du site.
mail-provider-parted-subject = Un moyen de connexion à votre compte a été enlevé
mail-provider-parted = Votre compte vient d’être séparé de { $name }. Vos autres navigateurs ont été déconnectés. Si ce n’était pas vous, prévenez tout de suite les responsables du site.
requests-not-yours = Seule l’organisation peut faire cela. Transmettez-lui la demande.
deletion-why = Pourquoi (vos collègues peuvent le lire dans le journal)
pages-not-yours = Seule la direction du site peut la modifier.
or = Ou
erase-download-first = Télécharger d’abord mes données
request-erase-title = Effacer les données de la personne
data-title = Données et suppression
sign-in-kept-elsewhere = Ce que vous avez écrit n’est gardé que si vous vous connectez avec votre mot de passe. Pour vous connecter autrement, faites-le dans un autre onglet, revenez ici et rechargez cette page.
erase-again = Si vous votez à nouveau ici plus tard, vous comptez comme une nouvelle personne.
kept-erase = L’enlever
kept-erase-label = Enlever l’affirmation { $number } de ce qui est gardé
log-kept-erased = a enlevé une affirmation de ce qui est gardé de { $name }

## Ce qui compte, ce qui est publié, ce que la modération décide pendant le vote

important-to-me = C’est important pour moi
mine-important = Important pour vous
important-title = Ce qui compte pour beaucoup
important-hint = Tout le monde pouvait marquer ce qui lui importe. Chacune de ces affirmations a été marquée par au moins 2 personnes sur 10 parmi celles qui ont voté dessus. Une affirmation manque si très peu de personnes l’ont marquée, ou si très peu ne l’ont pas fait.
important-share = marquée par au moins { $percent } % de ceux et celles qui ont voté dessus
form-important = Tout le monde peut marquer ce qui lui importe. Ce que beaucoup ont marqué est montré après la fin du vote.
list-mode = Toutes les affirmations en liste
list-title = Toutes les affirmations
list-voted = Vous avez voté sur { $voted } de { $all ->
    [one] { $all } affirmation
   *[other] { $all } affirmations
}.
list-one-by-one = Une à la fois
information-title = À lire d’abord ({ $minutes ->
    [one] { $minutes } minute
   *[other] { $minutes } minutes
})
information-version = Version { $version }, du { $day }
information-heading = À lire avant de voter
information-label = Les faits, en mots simples
information-hint = Le texte se trouve au-dessus de la première affirmation. Chaque changement crée une nouvelle version. Avec chaque vote, on garde quelle version on pouvait lire.
decided-taken-down = La modération a retiré cette affirmation.
decided-own-accepted = Votre affirmation est acceptée. Les autres votent maintenant dessus.
decided-own-rejected = La modération ne montre pas votre affirmation. « Mes votes » dit pourquoi.
decided-own-pending = La modération examine de nouveau votre affirmation.
the-organiser = l’organisation
headline-by = Titre écrit par { $organiser }, { $day }. Les chiffres ci-dessous sont calculés à partir des votes.
headline-label = Votre propre titre au-dessus des résultats
headline-hint = Au plus 140 caractères. Il est indiqué qu’il est de vous.
agenda-publish-title = Publier l’ordre du jour en version { $version } ?
snapshot-title = Résultats du { $day }
snapshot-note = Cette page garde les résultats tels qu’ils étaient ce jour-là. Seules manquent les affirmations qui ne sont plus montrées.
snapshot-now = Voir les résultats actuels
snapshot-hint = Gardez les résultats tels qu’ils sont maintenant, à une adresse qui reste.
snapshot-button = Garder les résultats d’aujourd’hui
timeline-title = Ce qui s’est passé, et quand
timeline-opened = Le vote a été ouvert
timeline-closed = Le vote s’est terminé
timeline-changed = Les règles ont changé
timeline-snapshot = Des résultats ont été gardés
timeline-agenda = L’ordre du jour a été publié
timeline-answer = L’organisation a répondu
timeline-rows = Des votes ont été publiés
check-rows = Les votes en lignes (CSV)
check-rows-text = Le { $day }, les votes de { $n ->
    [one] { $n } personne
   *[other] { $n } personnes
} ont été publiés : une ligne par personne, sans ordre, sans noms, heures ni auteurs.
check-rows-same = Avec le programme libre Boule, tout le monde peut en calculer la carte de ce jour-là : boule analyse --rows FICHIER.
check-rows-warning = Si quelqu’un connaît quelques votes d’une personne, il peut reconnaître sa ligne. Les petits nombres ne sont pas cachés dans ce fichier. Son empreinte (SHA-256) :
check-rows-promised = Après la fin du vote, l’organisation peut publier des votes dans un fichier : une ligne pour chaque personne sur la carte, sans noms ni heures. Si quelqu’un connaît quelques votes d’une personne, il peut reconnaître la ligne de cette personne.
terms-releases-rows = Après la fin du vote, l’organisation peut publier des votes dans un fichier : une ligne pour chaque personne sur la carte, sans noms ni heures. Si quelqu’un connaît quelques-uns de vos votes, il peut reconnaître votre ligne.
form-releases-rows = Après la fin du vote, les votes peuvent être publiés : une ligne pour chaque personne sur la carte, sans noms. Cela ne vaut que si vous cochez la case avant la première ouverture et la laissez cochée.
rows-link = Publier les votes en lignes…
rows-released = Les votes ont été publiés en lignes le { $day }.
rows-title = Publier les votes en lignes
rows-what = Le fichier a { $n ->
    [one] une ligne
   *[other] { $n } lignes
} : une par personne sur la carte, avec ses votes sur les affirmations montrées. Il n’y a ni noms, ni heures, ni auteurs. L’ordre des lignes est aléatoire.
rows-found-title = À quel point il est facile de reconnaître quelqu’un
rows-unique = Lignes différentes de toutes les autres : { $unique } sur { $n }.
rows-found = Supposons que quelqu’un connaisse { $known } votes d’une personne. Alors une seule ligne convient, pour environ { $percent } % des personnes qui ont autant de votes.
rows-found-text = Qui trouve une ligne connaît tous ses votes. Les petits nombres ne sont plus cachés une fois le fichier publié.
rows-authors = Qui écrit une affirmation est d’accord avec elle. Une ligne peut donc montrer qui a écrit une affirmation sur laquelle peu de personnes ont voté.
rows-for-good = On ne peut pas revenir en arrière, et cela ne se fait qu’une fois.
rows-button = Publier les votes définitivement
field-headline = Le titre
field-information = Le texte à lire
error-too-many-snapshots = Vous avez gardé des résultats { $max } fois. Une consultation ne peut pas en garder plus.
error-rows-released = Les votes ont déjà été publiés. Cela n’arrive qu’une fois.
error-rows-not-promised = On n’avait pas dit avant le vote que des votes seraient publiés. Les votes restent donc ici.
did-headline = a écrit le titre au-dessus des résultats
did-information = a écrit ce qu’il faut lire avant de voter
did-keep-results = a gardé les résultats
did-release-rows = a publié des votes en lignes

## Un e-mail, et les cadres d’autres sites

follow-title = Recevoir un e-mail
follow-text = Nous vous écrivons une fois. Puis nous effaçons votre adresse.
follow-link = Recevoir un e-mail quand il y a du nouveau
follow-decision-link = Recevoir un e-mail sur la décision
follow-when = Quand voulez-vous l’e-mail ?
follow-results = Quand le vote est terminé
follow-answers = Quand un ordre du jour ou une réponse est là
follow-decision = Quand la modération s’est prononcée sur votre affirmation
follow-address = Votre adresse e-mail
follow-hint = Nous vous envoyons d’abord un lien pour la confirmer. Vos votes ne sont pas liés à l’adresse.
follow-hint-decision = Nous vous envoyons d’abord un lien pour la confirmer. Jusqu’à l’envoi de l’e-mail, nous gardons votre adresse avec votre affirmation. Ensuite, nous l’effaçons.
follow-button = Envoyez-moi le lien
follow-bad-address = Ce n’est pas une adresse e-mail.
follow-asked = Si nous pouvons écrire à cette adresse, un e-mail avec un lien est en route. Ouvrez-le sous deux jours.
follow-back = Retour à la question
follow-confirm = Oui, écrivez-moi
follow-confirmed = Bien : nous vous écrirons une fois.
follow-stop = Pas d’e-mail : effacez mon adresse
follow-stopped = Votre adresse est effacée. Aucun e-mail ne viendra.
follow-gone = Ce lien ne vaut plus : l’e-mail est parti, ou l’adresse a été effacée.
mail-follow-asked-subject = Voulez-vous un e-mail de notre part ?
mail-follow-asked =
    Quelqu’un a donné cette adresse pour recevoir un e-mail sur « { $question } ». Si c’est vous, ouvrez cette page et appuyez sur le bouton :
    { $url }

    { $what }, nous vous écrirons une fois. Sur la même page, vous pouvez aussi refuser.

    Sinon, ne faites rien. L’adresse est effacée après deux jours.
mail-follow-subject = Il y a du nouveau
mail-follow-results =
    Le vote sur « { $question } » est terminé. Voici les résultats :
    { $url }

    Vous avez demandé cet e-mail. C’est le seul : votre adresse est effacée.
mail-follow-answers =
    Il y a un ordre du jour ou une réponse sur « { $question } » :
    { $url }

    Vous avez demandé cet e-mail. C’est le seul : votre adresse est effacée.
mail-follow-decision =
    La modération s’est prononcée sur votre affirmation à propos de « { $question } ». Ouvrez cette page dans le navigateur où vous l’avez écrite :
    { $url }

    Vous avez demandé cet e-mail. C’est le seul : votre adresse est effacée.
embed-no-mine = Les votes dans ce cadre comptent comme tous les autres. La page « Mes votes » ne les montre pas, et vous ne pouvez pas les effacer vous-même.
embed-open-alone = Ouvrir dans un nouvel onglet
embed-expired = Cette page est restée ouverte plus d’un jour. Votre vote n’a donc pas été enregistré. Votez à nouveau.
embed-title = Montrer sur un autre site
embed-hint = Mettez ceci dans une page d’un site autorisé ici. Les responsables de ce serveur décident quels sites le sont.
embed-none = Aucun autre site ne peut montrer ceci dans un cadre. Les responsables de ce serveur peuvent en autoriser (réglage embed_sites).

# Making an agenda

agenda-unpublished = Ordre du jour, pas encore publié
agenda-changed-since = Ordre du jour, modifié depuis sa publication
agenda-save = Enregistrer
undo = Annuler
redo = Rétablir
agenda-last-change = Dernier changement ({ $when }, { $who }) : { $what }
agenda-minutes = { $used ->
    [one] { $used } minute
   *[other] { $used } minutes
} en tout
agenda-minutes-of = { $used } minutes sur { $all } utilisées
agenda-items = { $n ->
    [one] { $n } point
   *[other] { $n } points
}
agenda-over = { $n ->
    [one] Les points prennent { $n } minute de plus que la réunion.
   *[other] Les points prennent { $n } minutes de plus que la réunion.
}
session-minutes = Durée de la réunion en minutes
session-starts = Début de la réunion
session-begins = { $minutes ->
    [0] La réunion commence : { $when }.
    [one] La réunion commence : { $when }. Durée des points : { $minutes } minute.
   *[other] La réunion commence : { $when }. Durée des points : { $minutes } minutes.
}
agenda-publish-ask = Publier…
agenda-preview = Aperçu
agenda-preview-title = L’ordre du jour tel que tout le monde le lira
agenda-preview-note = Le public ne voit pas cette page.
agenda-back = Retour à l’ordre du jour
agenda-empty = Rien n’est à l’ordre du jour. Ajoutez des affirmations de la liste, ou un point à vous.
agenda-add = Ajouter
agenda-add-label = Ajouter : { $text }
coverage-title = Y a-t-il quelque chose pour tout le monde ?
coverage-later = Le calcul n’est pas fini. Rechargez la page dans un moment.
coverage-group = Groupe { $group } : au moins { $percent } % sont d’accord avec quelque chose à l’ordre du jour
coverage-everybody = Au moins { $percent } % des personnes de la carte sont d’accord avec quelque chose à l’ordre du jour
coverage-likely = Tout le monde n’a pas vu chaque affirmation. Nous supposons que les personnes pensent du reste comme la plupart de leur groupe. Alors au moins { $percent } % de toutes sont d’accord avec un point
coverage-nothing = Au moins { $n } personnes n’ont été d’accord avec rien de cet ordre du jour
coverage-holds-in-full = Prenez des personnes qui sont d’accord avec une même affirmation qui n’est pas ici. Au moins l’une d’elles est d’accord avec autant de points qu’un groupe de cette taille en mérite
coverage-holds = { $n } personnes suffisent pour un point. Partout où autant de personnes sont d’accord avec la même affirmation, au moins l’une d’elles est d’accord avec un point ici
coverage-holds-cast = En ne comptant que les votes exprimés : { $n } personnes suffisent pour un point. Partout où autant de personnes sont d’accord avec la même affirmation, au moins l’une d’elles est d’accord avec un point ici
coverage-left-out = { $group ->
    [none] Au moins { $n } personnes ne sont d’accord avec aucun point ici. Toutes sont d’accord avec cette affirmation :
   *[other] Au moins { $n } personnes, la plupart du groupe { $group }, ne sont d’accord avec aucun point ici. Toutes sont d’accord avec cette affirmation :
}
coverage-left-out-likely = { $group ->
    [none] Tout le monde n’a pas vu chaque affirmation. Nous supposons que les personnes pensent du reste comme la plupart de leur groupe. Alors au moins { $n } personnes ne sont d’accord avec aucun point ici. Toutes sont d’accord avec cette affirmation :
   *[other] Tout le monde n’a pas vu chaque affirmation. Nous supposons que les personnes pensent du reste comme la plupart de leur groupe. Alors au moins { $n } personnes, la plupart du groupe { $group }, ne sont d’accord avec aucun point ici. Toutes sont d’accord avec cette affirmation :
}
coverage-wanting = { $group ->
    [none] Au moins { $n } personnes sont d’accord avec l’affirmation ci-dessous. Aucune n’est d’accord avec plus de { $have } des points ici. Elles suffisent pour un point de plus :
   *[other] Au moins { $n } personnes, la plupart du groupe { $group }, sont d’accord avec l’affirmation ci-dessous. Aucune n’est d’accord avec plus de { $have } des points ici. Elles suffisent pour un point de plus :
}
coverage-wanting-likely = { $group ->
    [none] Tout le monde n’a pas vu chaque affirmation. Nous supposons que les personnes pensent du reste comme la plupart de leur groupe. Alors au moins { $n } personnes sont d’accord avec l’affirmation ci-dessous. Aucune n’est d’accord avec plus de { $have } des points ici. Elles suffisent pour un point de plus :
   *[other] Tout le monde n’a pas vu chaque affirmation. Nous supposons que les personnes pensent du reste comme la plupart de leur groupe. Alors au moins { $n } personnes, la plupart du groupe { $group }, sont d’accord avec l’affirmation ci-dessous. Aucune n’est d’accord avec plus de { $have } des points ici. Elles suffisent pour un point de plus :
}
coverage-wanted = Certaines personnes ne sont d’accord avec aucun point ici. Avec quoi sont-elles d’accord ?
coverage-wanted-by = Au moins { $n } d’entre elles sont d’accord.
item-question = La question posée à la réunion
question-suggested = Que doit-il suivre de « { $statement } » ?
question-suggested-long = Que doit-il suivre de cette affirmation ?
question-take = Partir de la suggestion
item-minutes = Minutes
item-goal = But
goal-decide = Décider
goal-deliberate = Discuter
goal-inform = Informer
item-takes = { $n ->
    [one] { $n } minute
   *[other] { $n } minutes
}
item-origin = Ce point ne vient pas des votes. Sa source : { $origin }
item-others = { $n ->
    [one] { $n } autre affirmation appartient à ce point
   *[other] { $n } autres affirmations appartiennent à ce point
}
item-more = { $n ->
    [0] À lire, notes, réunir, séparer, enlever
   *[other] À lire ({ $n }), notes, réunir, séparer, enlever
}
evidence-title = À lire avant la réunion
evidence-hint = Tout le monde voit cette liste, avec l’auteur de chaque texte. Prenez les deux côtés.
evidence-what = Titre
evidence-by = Qui le dit
evidence-link = Lien
item-notes = Notes pour la personne qui mène la discussion
item-notes-hint = Le public ne les voit pas.
split-title = Ces affirmations forment un point. Cochez celles qui veulent dire autre chose.
split-do = Faire des cochées un point à part
join-title = Réunir ce point à un autre
join-do = Réunir
remove-reason = Raison de l’enlever (tout le monde peut la lire)
agenda-conflict = Une personne de l’équipe a changé cela pendant que vous écriviez. Ce que vous avez écrit n’est pas encore enregistré. Gardez le sien, ou enregistrez le vôtre.
conflict-theirs = Le texte enregistré par l’équipe
conflict-yours = Le vôtre, pas encore enregistré
conflict-keep-theirs = Garder le texte enregistré
conflict-keep-yours = Enregistrer ce qui est dans le champ
own-title = Ajouter des points qui ne sont pas issus des votes
own-origin = D’où ils viennent
own-origin-hint = Tout le monde peut le lire. Par exemple : « Conseil municipal, 3 mai ».
own-do = Ajouter à l’ordre du jour
agenda-draft-again-hint = Les points choisis de nouveau gardent leur question, leur durée et leurs notes. Les points que vous avez ajoutés restent à la fin. Les autres partent ; « Annuler » les ramène.
agenda-changes = Changements
agenda-changes-hint = La page publiée montre, sans vos noms, ce qui a été ajouté, déplacé, formulé, réuni, séparé et enlevé.
agenda-comments = Entre collègues
comment-text = Message à celles et ceux qui préparent cet ordre du jour
comment-item = À propos de
comment-whole = tout l’ordre du jour
comment-do = Envoyer
pool-title = Pas à l’ordre du jour ({ $n })
changed-drafted = L’ordre du jour a été préparé d’après les votes.
changed-added = L’organisation a ajouté « { $item } ».
changed-added-own = L’organisation a ajouté « { $item } ». Sa source : { $origin }
changed-moved = L’organisation a déplacé « { $item } » de la place { $from } à la place { $to }.
changed-removed = L’organisation a enlevé « { $item } ».
changed-removed-because = L’organisation a enlevé « { $item } ». La raison : { $reason }
changed-joined = L’organisation a réuni « { $item } » à un autre point.
changed-split = L’organisation a séparé « { $item } » en deux points.
changed-question = L’organisation a fait de « { $item } » la question « { $question } »
changed-question-hidden = L’organisation a changé la question de « { $item } ».
changed-no-question = L’organisation a retiré la question « { $item } ».
changed-plan = L’organisation a fixé le but et la durée de « { $item } » : { $goal }, { $minutes ->
    [0] sans durée
    [one] { $minutes } minute
   *[other] { $minutes } minutes
}.
changed-background = L’organisation a changé les lectures ou les notes de « { $item } ».
changed-session = L’organisation a fixé la durée ou le début de la réunion.
why-by-hand = L’organisation l’a ajoutée. Les votes seuls ne l’ont pas mise ici.
agenda-older = C’est une ancienne version.
agenda-latest = Voir la dernière version
agenda-versions = Autres versions :
agenda-version-of = version { $version }, { $day }
publish-items = { $n ->
    [one] { $n } point
   *[other] { $n } points
}, { $minutes ->
    [one] { $minutes } minute
   *[other] { $minutes } minutes
} en tout.
publish-public-title = Ce que tout le monde verra
publish-public-items = les points, leurs questions, buts et durées, et ce qu’il y a à lire
publish-public-why = comment chaque affirmation est arrivée à l’ordre du jour, et comment les gens ont voté. Aucun nom n’est montré.
publish-public-changes = { $n ->
    [0] pas de liste de changements : rien n’a été ajouté, déplacé, formulé ni enlevé à la main
    [one] le changement fait à la main, et la raison si vous en avez donné une
   *[other] les { $n } changements faits à la main, et les raisons que vous avez données
}
publish-public-left-out = ce qui n’y est pas, et pourquoi
publish-hidden-title = Ce qui reste dans l’équipe
publish-hidden-notes = les notes, et ce que vous vous êtes dit entre collègues
publish-hidden-names = qui de vous a changé quoi
publish-hidden-votes = jusqu’à la fin du vote : comment les gens ont voté, et les raisons qui en dépendent. C’est le réglage de cette consultation.
publish-missing-title = Avant de publier
publish-without-question = { $n ->
    [one] { $n } point n’a pas de question. Son affirmation sera son titre.
   *[other] { $n } points n’ont pas de question. Leurs affirmations seront leurs titres.
}
publish-without-time = { $n ->
    [one] Pour { $n } point, aucune durée n’est fixée.
   *[other] Pour { $n } points, aucune durée n’est fixée.
}
did-add-item = a ajouté un point à l’ordre du jour
did-join-items = a réuni deux points de l’ordre du jour
did-split-item = a séparé un point de l’ordre du jour
did-word-item = a formulé la question d’un point
did-plan-item = a fixé un but ou une durée de l’ordre du jour
did-background = a changé les lectures ou les notes d’un point
did-undo = a annulé un changement de l’ordre du jour
did-redo = a rétabli un changement de l’ordre du jour
did-comment = a parlé de l’ordre du jour à ses collègues
error-on-agenda-already = Cette affirmation est déjà à l’ordre du jour.
error-too-many-items = Il y en a déjà { $max }. On ne peut plus en ajouter.
error-bad-link = Un lien commence par https:// ou http:// et n’a pas d’espace.
error-too-many-minutes = Indiquez une durée de { $max } minutes au plus.
error-nothing-to-undo = Il n’y a rien à annuler ni à rétablir ici.
error-agenda-published = Rien n’a changé depuis la publication de cet ordre du jour.
field-origin = Le champ « D’où ils viennent »
field-evidence = Ce qu’il y a à lire
field-notes = Les notes
field-comment = Le commentaire

# Making an agenda

session-share = Répartir le temps également

# Making an agenda

file-calendar = Calendrier
file-word = Word

# Making an agenda

figure-proposed = proposées par les votes

# Making an agenda

why-alike = Ses mots et les votes sont presque ceux d’une autre affirmation. Nous les avons comptées pour une.
alike-ask = Ces affirmations semblent dire presque la même chose que celle du dessus : par les mots et par les votes. Le projet les compte pour une. Vont-elles ensemble ?
alike-with = En font aussi partie :
alike-confirm = Elles vont ensemble
alike-split = Non : cocher ce qui veut dire autre chose
publish-unconfirmed = { $n ->
    [one] Pour { $n } point, personne n’a encore dit que ses affirmations vont ensemble.
   *[other] Pour { $n } points, personne n’a encore dit que leurs affirmations vont ensemble.
}
changed-confirmed = L’organisation a dit que les affirmations de « { $item } » vont ensemble.
did-confirm-item = a dit que les affirmations d’un point vont ensemble

# Making an agenda

why-together = D’autres affirmations disent presque la même chose. Nous les avons comptées avec celle-ci.
coverage-few = Certaines personnes sont d’accord avec moins de points ici qu’un groupe de cette taille n’en mérite
agenda-not-sent = Aucune réponse. Ce que vous avez écrit est encore ici. Essayez encore, ou rechargez la page pour voir ce qui est enregistré.

# L’ordre du jour : ce qui vient de soi-même, ce qui a changé d’une version à l’autre, la solidité des points.
own-questions = Questions, une par ligne
own-questions-hint = Vous pouvez coller une liste. Vous pouvez aussi coller deux colonnes d’un tableur : les questions et leurs minutes.
changed-added-list = { $n ->
    [one] L’organisation a ajouté un point. Sa source : { $origin }
   *[other] L’organisation a ajouté { $n } points. Leur source : { $origin }
}
changed-threshold = « { $item } » a été ajoutée automatiquement, car assez de personnes étaient d’accord.
why-threshold = Au moins { $needed } personnes étaient d’accord. L’organisation avait fixé que cela suffit.
why-firm = { $tenths ->
    [0] Nous l’avons vérifié par tirage au sort. Parmi les personnes comptées, nous en avons tiré autant, encore et encore. À chaque fois, certaines sortaient plusieurs fois, d’autres pas du tout. Cette affirmation a été choisie de nouveau dans moins de 1 tirage sur 10.
    [10] Nous l’avons vérifié par tirage au sort. Parmi les personnes comptées, nous en avons tiré autant, encore et encore. À chaque fois, certaines sortaient plusieurs fois, d’autres pas du tout. Cette affirmation a été choisie de nouveau dans chaque tirage.
   *[other] Nous l’avons vérifié par tirage au sort. Parmi les personnes comptées, nous en avons tiré autant, encore et encore. À chaque fois, certaines sortaient plusieurs fois, d’autres pas du tout. Cette affirmation a été choisie de nouveau dans au moins { $tenths } tirages sur 10.
}
why-newcomers = { $n ->
    [one] Une nouvelle personne pourrait suffire pour qu’il n’y ait plus de nette majorité.
   *[other] Il faudrait au moins { $n } nouvelles personnes qui votent ensemble pour qu’il n’y ait plus de nette majorité. C’est vrai tant que les autres restent dans leurs groupes.
}
coverage-hint = Nous l’avons vérifié à la publication de l’ordre du jour. Là où il y a « au moins » et un nombre, ce nombre est arrondi vers le bas.
rule-freeze = { $places ->
    [one] Le { $day }, un point au plus est choisi d’après les votes. Les votes suivants ne changent pas ce choix. L’organisation peut encore changer l’ordre du jour, et tout le monde voit les changements.
   *[other] Le { $day }, jusqu’à { $places } points sont choisis d’après les votes. Les votes suivants ne changent pas ce choix. L’organisation peut encore changer l’ordre du jour, et tout le monde voit les changements.
}
rule-frozen = Les points issus des votes ont été choisis le { $day }. Les votes suivants n’ont pas changé ce choix.
rule-threshold = Une affirmation est mise automatiquement à l’ordre du jour dès que { $needed } personnes sont d’accord. C’est au moins { $share } % de { $base } ({ $of }). Cela n’arrive qu’une fois pour chaque affirmation. Les affirmations sur les personnes qui votent ne sont pas ajoutées.
rules-title = Ce qui est ajouté automatiquement à l’ordre du jour
rules-hint = Tout le monde peut lire ces règles. Tout le monde peut lire aussi ce qu’elles ont ajouté.
rules-freeze = Choisir les points d’après les votes à une date fixée
rules-freeze-hint = À cette date, les points sont choisis d’après les votes. Ensuite, il n’y a pas de nouveau projet tant que vous ne changez pas cette règle. Vous pouvez toujours changer l’ordre du jour à la main.
rules-freeze-at = Date et heure
rules-threshold = Ajouter les affirmations qui ont l’accord d’assez de personnes
rules-threshold-hint = De quelles personnes s’agit-il, et combien sont-elles ? Quelle part d’entre elles doit être d’accord ? Par exemple : 1 % des 40 000 personnes qui habitent ici. Chaque affirmation n’est ajoutée ainsi qu’une fois. Si vous la retirez, elle n’est plus ajoutée ainsi.
rules-share = Part en pour cent
rules-base = Combien de personnes il y a
rules-of = Qui elles sont
rules-save = Enregistrer ces règles
version-changes = Ce qui diffère de la version { $version }
version-same = Les points, leur ordre et leurs durées sont les mêmes.
version-new = Nouveau : « { $item } »
version-gone = N’y est plus : « { $item } »
version-plan = Nouveau but ou nouvelle durée : « { $item } » ({ $plan })
version-reading = Ce qu’il y a à lire a changé : « { $item } »
version-order = Les points sont dans un autre ordre.
version-session = La réunion commence à un autre moment, ou sa durée a changé.
version-reworded = Formulé autrement :
version-before = Avant
version-now = Maintenant
did-set-agenda-rules = a fixé ce qui est ajouté automatiquement à l’ordre du jour
field-base = Le champ « Qui elles sont »
error-too-much-to-read = Un point a au plus { $max } textes à lire. Retirez-en un d’abord.
error-bad-threshold = La part doit faire au moins { $min } personnes. Elle peut être au plus de toutes.
error-agenda-frozen = Les points ont été choisis d’après les votes à la date fixée. Il n’y a pas de nouveau projet tant que vous ne changez pas cette règle. Vous pouvez toujours changer l’ordre du jour à la main.
error-bad-moment = Veuillez donner une date et une heure.
error-bad-share = Veuillez donner une part entre 0,01 et 100 pour cent.
error-bad-base = Veuillez dire combien de personnes il y a, en nombre entier.
left-out-no-choice = Rien n’a encore été choisi d’après les votes
desk-title = En attente : { $n }
desk-lists = Listes
desk-list = Affirmations
desk-waiting = En attente
desk-accepted = Acceptées
desk-rejected = Non acceptées
desk-unclear = Beaucoup passent
desk-order = Ordre
order-oldest = Plus anciennes d’abord
order-decided = Dernière décision d’abord
order-passed = Plus passées d’abord
order-newest = Plus récentes d’abord
order-author = Par auteur
desk-author = auteur { $author }
desk-same-author = du même auteur
desk-pass = { $percent } % passent
desk-number = N° { $number }
desk-written = { $n ->
    [one] auteur { $author }, seule affirmation pour l’instant
   *[other] auteur { $author }, { $n } affirmations jusqu’ici : { $accepted } acceptées, { $rejected } non
}
desk-votes = { $n ->
    [0] aucun vote
    [one] un vote
   *[other] { $n } votes
}
desk-later = Plus tard
desk-previous = Précédente
desk-alike = { $n ->
    [one] Une dit presque la même chose
   *[other] { $n } disent presque la même chose
}
desk-state-shown = soumise au vote
desk-state-waits = en attente
desk-look = Voir celle-ci
desk-reason-hint = Acceptez ce sur quoi on peut voter, que vous soyez d’accord ou non. L’auteur voit la raison et peut reformuler.
desk-keys = Touches : J affirmation suivante, K précédente, A accepter, R puis un chiffre pour la raison, S diviser ou reformuler, M ne demander que l’une des deux, X cocher, Z annuler, / chercher, ? montrer ces touches.
desk-bulk = Décider des affirmations cochées …
desk-pick = Cocher : { $text }
desk-none = Il n’y en a pas.
desk-nothing-here = Choisissez une affirmation dans la liste pour la voir ici.
desk-late = Un collègue a décidé de cette affirmation entre-temps. Votre décision n’est pas enregistrée. Vous pouvez décider autrement ici.
desk-last-accepted = Acceptée : « { $text } »
desk-last-rejected = Non acceptée : « { $text } »
desk-last-back = De nouveau en attente : « { $text } »
desk-many-accepted = { $n ->
    [one] Une affirmation a été acceptée.
   *[other] { $n } affirmations ont été acceptées.
}
desk-not-sent = Ce n’est pas envoyé. Veuillez réessayer.
arrivals-title = Nouvelles affirmations par jour
arrivals-most = { $n ->
    [0] Aucune ces 11 derniers jours
   *[other] Au plus { $n } un de ces 11 derniers jours
}
arrivals-hour = { $n ->
    [0] Aucune n’est arrivée depuis une heure.
    [one] Une est arrivée depuis une heure.
   *[other] { $n } sont arrivées depuis une heure.
}
many-ask = Décider de plusieurs affirmations
many-picked = { $n ->
    [0] Aucune affirmation n’est cochée
    [one] Une affirmation est cochée
   *[other] { $n } affirmations sont cochées
}
many-gone = { $n ->
    [one] Une des affirmations cochées n’attend plus.
   *[other] { $n } des affirmations cochées n’attendent plus.
}
many-none = Cochez d’abord des affirmations dans la liste.
many-accept = { $n ->
    [one] L’accepter
   *[other] Accepter les { $n }
}
many-reject = { $n ->
    [one] Ne pas l’accepter, car …
   *[other] N’en accepter aucune des { $n }, car …
}
many-back = Retour à la liste
desk-more = Diviser, reformuler et autres
desk-derive-title = Montrer d’autres mots à la place
desk-derive-hint = Écrivez une affirmation par ligne, { $max } au plus. Les gens voient alors celles-ci et non plus l’ancienne. Les votes restent avec l’ancienne. Son auteur lit les nouveaux mots et peut les retirer tant que personne n’a voté dessus.
desk-derive = Montrer celles-ci à la place
desk-derived-from = fait par la modération à partir du n° { $number }
desk-derived = Montré à sa place
desk-restore = Retirer les nouveaux mots
desk-merge = Ne demander que celle-ci des deux
desk-merged = On demande le n° { $number } à sa place, parce qu’il dit la même chose. Les votes sur les deux restent.
desk-unmerge = Demander de nouveau les deux
desk-meta-on = Elle parle de la personne
desk-meta-off = Elle ne parle pas de la personne
desk-meta-hint = Ce qui parle de la personne, comme « J’habite ici », ne dit rien de la question. On peut voter dessus, et les groupes sont formés sans elle.
desk-pin = La montrer plus tôt à plus de gens
desk-pin-hours = pendant { $n } heures
desk-pin-how-long = Combien de temps
desk-pinned = Jusqu’à { $when }, elle vient tôt pour plus de gens. L’effet diminue peu à peu.
desk-unpin = La montrer comme les autres
desk-hold = À partir de maintenant, lire ce que cet auteur écrit avant de le montrer
desk-unhold = Montrer de nouveau aussitôt ce que cet auteur écrit
desk-held = Ce que cet auteur écrit n’est montré qu’une fois lu par vous.
desk-pause = Ne plus prendre d’affirmations pour l’instant
desk-unpause = Prendre de nouveau des affirmations
desk-paused = Pour l’instant, on ne prend pas de nouvelles affirmations. On peut voter.
submit-paused = La modération ne prend pas de nouvelles affirmations en ce moment. Vous pouvez voter sur celles qui sont là.
mine-made = La modération montre votre affirmation ainsi :
mine-made-withdraw = Ne pas montrer ces mots
statement-made-from = La modération a fait cette affirmation à partir de celle que quelqu’un avait écrite.
statement-same-as = Une autre affirmation dit la même chose. On demande maintenant celle-ci :
statement-stands-for = Ces affirmations disent la même chose, on ne demande donc que celle du dessus. Les votes sont comptés à part pour chacune :
moderation-made = La modération montre d’autres mots à la place : n° { $numbers }
did-derive = a écrit le n° { $number } « { $text } » à partir d’une autre affirmation
did-merge = a fait demander une autre affirmation à la place du n° { $number } « { $text } »
did-unmerge = a fait demander de nouveau le n° { $number } « { $text } »
did-classify-meta = a dit que le n° { $number } « { $text } » parle de la personne
did-classify-matter = a dit que le n° { $number } « { $text } » ne parle pas de la personne
did-pin = a montré d’abord à plus de gens le n° { $number } « { $text } »
did-unpin = a montré de nouveau comme les autres le n° { $number } « { $text } »
did-pause = a arrêté les nouvelles affirmations
did-unpause = a repris les nouvelles affirmations
did-hold = a décidé de lire ce qu’un auteur écrit avant de le montrer
did-unhold = a décidé de montrer de nouveau aussitôt ce qu’un auteur écrit
error-submissions-paused = La modération ne prend pas de nouvelles affirmations en ce moment. Réessayez plus tard.
error-merged-already = L’une des deux est déjà liée à une autre. Faites d’abord demander de nouveau les deux.
error-bad-parts = Écrivez au moins une affirmation, et { $max } au plus.
error-bad-hours = C’est possible pour { $max } heures au plus.
desk-did = C’est fait.
watch-title = Ce qui se passe maintenant
watch-link = Ce qui se passe maintenant
watch-back = Retour aux affirmations
watch-lead = Les votes et les nouvelles personnes sont comptés seulement dans la mémoire du serveur. Le compte repart de zéro quand il redémarre.
watch-odd-title = Ce qui ressort
watch-quiet = Rien ne ressort.
watch-many-votes-means = Quelqu’un a peut-être partagé le lien. Plus bas, vous voyez d’où viennent les nouvelles personnes. Si rien d’autre ne ressort, vous n’avez rien à faire.
watch-burst = { $usual ->
    [0] Au moins { $n } nouvelles personnes en dix minutes à partir de { $when }. D’habitude : moins de cinq.
   *[other] Au moins { $n } nouvelles personnes en dix minutes à partir de { $when }. D’habitude : au moins { $usual }.
}
watch-burst-means = Un journal, une classe ou une réunion amène beaucoup de gens à la fois. Une seule personne avec beaucoup de navigateurs aussi. Demandez à l’organisation si quelque chose a été annoncé. Que beaucoup viennent à la fois n’est pas une raison d’écarter des votes.
watch-network = Au moins { $n } nouvelles personnes sont venues d’un même réseau en 20 minutes
watch-network-means = Tous les gens d’une école, d’une bibliothèque ou d’une entreprise peuvent venir d’un même réseau. Un logement avec beaucoup de navigateurs aussi. Personne ici ne peut voir ce que c’était. Si beaucoup de réponses exactement pareilles sont indiquées ici aussi, dites-le à l’organisation.
watch-copies = Au moins { $n } personnes ont donné exactement les mêmes réponses aux mêmes affirmations
watch-copies-means = Cela n’arrive presque jamais par hasard. Peut-être suivent-elles une liste que quelqu’un a distribuée. Peut-être n’est-ce qu’une seule personne. Personne ici ne peut voir ce qu’il en est. Avant d’écarter leurs votes, parlez à une autre personne responsable.
watch-straight = Au moins { $n } personnes ont donné une seule et même réponse à tout
watch-straight-means = Peut-être n’ont-elles pas lu les affirmations. Si elles sont nombreuses, vérifiez que les affirmations sont faciles à comprendre. Certaines personnes pensent vraiment chaque fois la même réponse : n’écartez leurs votes que si vous en savez plus.
watch-groups = Les groupes
watch-no-groups = Il n’y a pas encore de groupes nets.
watch-group = Groupe { $label } : { $n }
watch-group-same = depuis { $since } : à peu près autant
watch-group-more = depuis { $since } : au moins { $n } de plus
watch-group-fewer = depuis { $since } : au moins { $n } de moins
watch-moved = Au moins { $percent } % des personnes qui étaient alors sur la carte ({ $since }) sont maintenant dans un autre groupe.
watch-moved-hardly = Moins d’une personne sur dix qui étaient alors sur la carte ({ $since }) est maintenant dans un autre groupe.
watch-statements = Affirmations à regarder
watch-no-statements = Aucune en ce moment.
watch-new-bridges = Nouvelle depuis hier, et tous les groupes en disent la même chose
watch-new-splits = Nouvelle depuis hier, et les groupes ne sont pas du même avis
watch-unclear = { $percent } % passent : est-elle floue ?
watch-now = Votes et nouvelles personnes
watch-votes = Au moins { $n } votes ces dix dernières minutes.
watch-newcomers = Au moins { $n } nouvelles personnes cette dernière heure.
watch-channel = par « { $channel } » : au moins { $n }
watch-channel-none = sans lien nommé : au moins { $n }
watch-steps = Les nombres de votes et de nouvelles personnes sont arrondis au multiple de cinq inférieur. Il est ainsi difficile de savoir ce qu’une personne a fait.
watch-stands-out = Quelque chose ressort. Regardez.
form-watch = Beaucoup à la fois, et beaucoup qui répondent pareil
form-alarm-newcomers = Écrire à la modération quand tant de nouvelles personnes viennent en une heure (vide : jamais)
form-alarm-copies = Écrire à la modération quand tant de personnes répondent exactement pareil (vide : jamais)
form-weigh-copies = Sur la carte, compter moins les personnes qui répondent exactement pareil
form-weigh-copies-hint = Cela change la place des gens et les groupes. Les votes sont comptés comme avant, un par personne. Tout le monde peut lire que c’est ainsi.
mail-alarm-subject = Quelque chose ressort dans une conversation
mail-alarm = Quelque chose ressort dans la conversation « { $question } » : beaucoup de nouvelles personnes à la fois, ou beaucoup qui répondent exactement pareil. Ce que c’est, ce que cela peut vouloir dire et ce que vous pouvez faire se trouve ici : { $url }
sure-weighs-copies = Si des personnes donnent exactement les mêmes réponses, chacune compte moins sur la carte. Une liste distribuée forme ainsi moins facilement un groupe. Dans les comptes de cette page, aucune d’elles ne compte moins.
watch-votes-few = Moins de cinq votes ces dix dernières minutes.
watch-newcomers-few = Moins de cinq nouvelles personnes cette dernière heure.
watch-usual = { $usual ->
    [0] D’habitude : moins de cinq.
   *[other] D’habitude : au moins { $usual }.
}
watch-usual-unknown = On ne sait pas encore ce qui est habituel.
desk-looked-at = Un collègue l’a ouverte aussi. Qui décide en second en est averti.
desk-looked-at-short = ouverte chez un collègue
moderation-takes = { $hours ->
    [0] Parmi les dernières affirmations, la moitié a été lue en une heure.
   *[other] Parmi les dernières affirmations, la moitié a été lue en { $hours } heures.
}
desk-merged-idle = Elle a été liée au n° { $number }, qui n’est pas montré maintenant. On demande donc celle-ci.
desk-typed = Ce que vous avez écrit
error-too-few-people = Ces personnes sont trop peu nombreuses. Il faut au moins { $min } personnes. Elles doivent avoir voté, et leurs votes doivent compter maintenant. Si elles étaient moins nombreuses, on pourrait trouver comment l’une d’elles a voté.
leave-out-title = Écarter des votes des résultats
leave-out-back = Retour à ce qui se passe maintenant
leave-out-link = Écarter ces votes …
leave-out-few = On n’a trouvé personne, ou trop peu de personnes. Vérifiez le nom ou les numéros. Il faut au moins { $min } personnes. Elles doivent avoir voté, et leurs votes doivent compter maintenant. Si elles étaient moins nombreuses, on pourrait trouver comment l’une d’elles a voté.
leave-out-nobody = Nous n’avons pas pu lire cela. Le nom d’un lien n’a que des minuscules, des chiffres, - et _. Les affirmations ont des numéros.
leave-out-burst = Au moins { $n } personnes venues dans les dix minutes à partir de { $when } ont voté, et leurs votes comptent maintenant.
leave-out-channel = Au moins { $n } personnes venues par « { $channel } » ont voté, et leurs votes comptent maintenant.
leave-out-writers = Au moins { $n } personnes ont écrit une ou plusieurs de ces affirmations. Elles ont voté, et leurs votes comptent maintenant.
leave-out-follows = Ce qui se passe alors
leave-out-results = Les résultats, la carte et les nouveaux ordres du jour ne comptent plus ces votes. Là où très peu de personnes d’un groupe ont voté sur une affirmation, leurs votes comptent encore.
leave-out-public = Qui peut voir les résultats y lit que des votes ont été écartés, et pourquoi. On y lit aussi combien de personnes sont concernées et combien seraient d’accord avec ces votes, si cela ne trahit personne. La raison est aussi dans la liste des décisions.
leave-out-own = Ces personnes le lisent sur leur page « Mes votes ». Elles peuvent continuer à voter. Leurs nouveaux votes sont écartés aussi.
leave-out-kept = Aucun vote n’est supprimé. Vous pouvez les compter de nouveau, tant que les votes ne sont pas publiés en fichier.
leave-out-why = Pourquoi les écartez-vous ?
leave-out-why-hint = Tout le monde peut lire ceci. Écrivez ce que vous avez vu, sans nommer personne. { $max } caractères au plus.
leave-out-why-needed = Dites pourquoi, s’il vous plaît. Tout le monde peut lire la raison.
leave-out-button = Écarter ces votes
leave-out-cancel = Annuler
leave-out-others = Écarter les votes d’autres personnes
leave-out-channel-label = Toutes les personnes venues par ce lien
leave-out-channel-hint = Écrivez le nom à la fin du lien, par exemple poster. En minuscules.
leave-out-writers-label = Toutes les personnes qui ont écrit l’une de ces affirmations
leave-out-writers-hint = Les numéros des affirmations, par exemple 12, 15, 31.
leave-out-go-on = Continuer
left-out-done = Enregistré. Les résultats le montreront bientôt.
left-out-none = Aucun vote n’est écarté.
left-out-since = Depuis : { $since }.
left-out-again = Les compter de nouveau
left-out-again-of = Les compter de nouveau : { $what }
left-out-people = Les votes de { $n } personnes ({ $why })
left-out-few = Les votes de quelques personnes ({ $why })
left-out-copies = elles ont donné les mêmes réponses
left-out-straight = elles ont donné une seule réponse à tout
left-out-burst = elles sont venues dans les mêmes dix minutes
left-out-channel = elles sont venues par le même lien
left-out-by-hand = elles ont écrit des affirmations que la modération a indiquées
left-out-results-title = Les votes écartés
left-out-lead = La modération a écarté ces votes des résultats. Ils ne sont pas supprimés. Si très peu de personnes d’un groupe ont voté sur une affirmation, leurs votes peuvent encore compter. Sinon, on pourrait trouver comment une personne a voté.
left-out-no-comparison = Nous ne montrons pas les réponses avec ces votes. Sinon, d’autres pourraient apprendre comment une personne a voté.
left-out-apart = { $points ->
    [0] Tableau : avec ces votes, la part des personnes d’accord ne serait différente pour aucune de ces affirmations.
   *[other] Tableau : avec ces votes, la part des personnes d’accord changerait au plus de { $points } sur cent. Cela concerne ces affirmations, et seulement « d’accord ».
}
left-out-compare = { $n ->
    [one] Comparer une affirmation
   *[other] Comparer { $n } affirmations
}
left-out-same = Le tableau ne contient pas toutes les affirmations. Là où moins de { $min } de ces personnes ont voté, on pourrait trouver comment une personne a voté.
left-out-without = D’accord, sans elles
left-out-with = D’accord, avec elles
mine-left-out = La modération a écarté vos votes des résultats. Vos prochains votes sont écartés aussi. La modération donne cette raison :
mine-left-out-wrong = Personne n’a supprimé vos votes. Est-ce une erreur ? Alors dites-le à l’organisation. La modération peut compter de nouveau les votes de toutes ces personnes.
moderation-log-left-out = écartés des résultats
moderation-log-votes = Des votes qui avaient été écartés
moderation-log-again = comptés de nouveau
did-exclude = a écarté des résultats les votes de { $n } personnes. Raison : { $reason }
did-include = a compté de nouveau des votes qui avaient été écartés
share-channels = Donnez à chaque endroit un lien à lui, avec un nom à la fin. La modération voit alors par quel lien viennent de nouvelles personnes :
desk-flagged = À lire avec soin
desk-no-flags = Nous n’avons trouvé aucune affirmation en attente avec un lien, une adresse, un @nom, un long numéro ou presque tout en majuscules. Lisez-les quand même.
flag-link = avec un lien
flag-address = avec une adresse ou un @nom
flag-number = avec un long numéro
flag-loud = presque tout en majuscules
order-alike = Semblables ensemble
desk-like-above = ressemble à celle du dessus
desk-language = Langue
desk-language-any = Toutes les langues
from-moderator = Reformulée par la modération
moderation-log-merged = le nº { $into } est montré à sa place. Pour la modération, il dit la même chose.
moderation-log-unmerged = est montrée de nouveau.
moderation-log-meta = dit quelque chose sur la personne qui vote. Nous ne l’utilisons pas pour former les groupes.
moderation-log-matter = dit quelque chose sur la question. Nous l’utilisons pour former les groupes.
left-out-votes = Votes écartés
moderation-log-about = Sujet
leave-out-released = Les votes ont été publiés en fichier. Rien ne peut plus être écarté ou compté de nouveau.
leave-out-changed = Entre-temps, d’autres personnes sont arrivées, ou des votes ont changé. Le nombre n’est plus le même. Merci de le relire.
mine-left-out-final = Personne n’a supprimé vos votes. Les votes des autres sont publiés dans un fichier : ces résultats restent donc tels quels. Est-ce une erreur ? Alors dites-le à l’organisation.
publish-title = Ce que vous publiez
