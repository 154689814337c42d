"""Where the guide's statements were read, and what could not be; names stay as their publishers write them."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Source:
    title: str
    address: str


SOURCES = (
    Source(
        "Legea nr. 211/2022, Monitorul Oficial nr. 698 din 13 iulie 2022, text integral (Portalul legislativ)",
        "https://legislatie.just.ro/Public/DetaliiDocumentAfis/257490",
    ),
    Source(
        "Legea nr. 78/2014, Monitorul Oficial nr. 469 din 26 iunie 2014, forma publicată, art. 1–3 (contabun.ro)",
        "http://www.contabun.ro/2014/06/27/legea-782014-reglementarea-activitatii-de-voluntariat-in-romania/",
    ),
    Source(
        "Legea nr. 78/2014, extras: art. 11 (green-evolution.ro)",
        "http://www.green-evolution.ro/voluntariat/cum-poti-deveni-voluntar",
    ),
    Source(
        "Legea nr. 78/2014, extras: art. 13–15 (green-evolution.ro)",
        "http://www.green-evolution.ro/voluntariat/responsabilitati-si-cod-de-conduita-pentru-voluntari",
    ),
    Source(
        "Legea nr. 78/2014, extras: art. 2–4 (seaquaterra.ro)",
        "http://www.seaquaterra.ro/voluntariat/",
    ),
    Source(
        "Ce trebuie să știm despre activitatea de voluntariat, 2015 (4scoala.ro, după Federația VOLUM)",
        "http://4scoala.ro/ce-trebuie-sa-stim-despre-activitatea-de-voluntariat/",
    ),
    Source(
        "Voluntariat 2019, despre interdicție și despre certificat (dcbusiness.ro)",
        "https://dcbusiness.ro/voluntariat-2019-secretele-acestui-tip-de-activita-i-neplatite_598844.html",
    ),
    Source(
        "Ce trebuie să știi despre contractul de voluntariat, 2022 (Coaliția pentru Voluntariat, voluntariat.ro)",
        "https://voluntariat.ro/volunteers/articles/rights-and-responsibilities/contract",
    ),
    Source(
        "Cine poate încheia un contract de voluntariat, 15 octombrie 2025 (cariera.ejobs.ro)",
        "https://cariera.ejobs.ro/cine-poate-incheia-un-contract-de-voluntariat-legea-voluntariatului-pe-intelesul-tuturor",
    ),
    Source(
        "Legea nr. 118/2019, extras din art. 16 și 18, 2019 (cfcecas.ro)",
        "https://cfcecas.ro/2019/07/23/angajatii-furnizorilor-de-servicii-sociale-sunt-obligati-sa-prezinte-la-locul-"
        "de-munca-un-certificat-de-integritate-comportamentala/",
    ),
    Source(
        "Viza pentru alte scopuri, despre voluntari (cetatenie-imigrari.ro)",
        "http://cetatenie-imigrari.ro/viza-pentru-alte-scopuri/",
    ),
)

# What the team could not read for itself; said on the page as it stands here.
NOT_VERIFIED = (
    _(
        "The consolidated text of Law 78/2014 with all its amendments: read it before you rely on"
        " an article number."
    ),
    _(
        "An article of October 2025 says that Law 100/2024 brought sanctions for disguised "
        "employment. We have not found that text."
    ),
    _(
        "The number of the article about the certificate, the letters of article 3 and the notice"
        " for ending the contract."
    ),
    _("Whether and when the host must insure volunteers, and how long the papers must be kept."),
    _(
        "Whether Law 118/2019 on the certificate of behavioural integrity has changed since the extract of 2019."
    ),
    _("Which visa or permit citizens of states outside the European Union need for volunteering."),
)
