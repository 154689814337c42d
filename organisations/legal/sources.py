"""Where the guide's statements were read; names stay as their publishers write them."""

from dataclasses import dataclass


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
)
