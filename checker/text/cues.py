"""What governs a number: the words before it and behind it that say what it measures.

Each cue is a pattern for the text in front of a number (it ends there) or behind it (it begins
there), within the sentence. ``ROLES`` are meanings that no question asks for: the size of a model
file, the length of a clip, a price. A cue is a hint with a weight; a model trained on labelled
texts (see ``placing``) decides how far to trust it.
"""

import re
from dataclasses import dataclass
from functools import cache, lru_cache

_THING = (
    r"(?:request|call|document|image|photo|picture|video|clip|file|item|record|row|page|message"
    r"|input|study|scan|sample|prediction|invocation|inference|bundle|one|text|recording|frame)s?"
)
_INPUT = (
    r"(?:request|payload|input|photo|picture|image|video|clip|document|file|pdf|scan|json|csv|body"
    r"|message|recording|audio|prompt|study|bundle|slice|point cloud|thumbnail|upload|wav|mp[34]"
    r"|jpe?g|png|dicom|segment|page|call|text|invoice|contract|scene|frame|tile|log)s?"
)
_OUTPUT = r"(?:mask|output|response|answer|result|reply|report|transcript|return|vector|out)s?"
_MODEL = r"(?:model|artifact|artefact|weight|checkpoint|network|tar|tarball|model\.tar\.gz)s?"
_WORK = (
    r"(?:takes?|took|taking|needs?|needing|runs?|running|comput\w+|chews?|requires?|spends?|wants?"
    r"|works?|process\w*|inference|prediction|predicting|scor\w+|generat\w+|analys\w+|transcri\w+"
    r"|execut\w+|cpu|gpu|lasts?)"
)
_MAYBE = r"(?:\s+[\w'%-]+){0,4}?\s*[\"']?\s*(?:[:=(~]|is|of|about|around|roughly|nearly|up to|under|over|than|between|below|within|at most|only){0,2}?\s*[~\"'(]?\s*"
_FEW = r"(?:\s+[\w'-]+){0,4}?\s*[:=(~]?\s*"

# fmt: off
# A container image, and not a picture.
_BOX = (
    ((4, r"\b(?:container|docker|ecr)(?: image)?" + _MAYBE),
     (4, r"\b(?:our|the|docker|base|python|r|cuda|custom|its|own|whole) image(?: itself| alone)?\s+(?:is|of|has|with|weighs?(?: in at)?|comes? (?:in at|to)|grew to|takes?)\s+(?:[\w-]+\s+){0,2}?[~(]?\s*"),
     (3, r"\bimage (?:is|of|has|size)\s*(?:[:=]|is|of|about){0,2}\s*")),
    ((5, r"[\s-]*-?\s*(?:[\w-]+\s+)?(?:docker|container|ecr)\s*(?:images?|pull)?\b"),
     (3, r"[\s-]*-?\s*images?\s*\((?:[^)]*)(?:lib|pack|cuda|conda|depend|python|torch)")),
)
# meaning: (patterns in front, patterns behind).
_CUES: dict[str, tuple[tuple[tuple[int, str], ...], tuple[tuple[int, str], ...]]] = {
    "payload": (
        (
            (3, r"(?:payload|request(?: bod(?:y|ies))?|inputs?|upload\w*|bod(?:y|ies))" + _MAYBE),
            (2, _INPUT + r"\s+(?:(?:is|are|of|=|:|weighs?|has|have|at|with|comes? to|becomes?|reach\w*)\s+)(?:[\w'-]+\s+){0,3}[~(]?\s*"),
            (2, r"\b(?:each|every one|one)(?:\s+(?:is|of|about|around|weighs?|has)){0,2}\s*"),
            (2, r"\b(?:sends?|posts?|ships?|uploads?|uploading|receives?|hands?|submits?)" + _FEW),
            (2, r"in goes? a\s*"),
            (4, r"(?:^|[.;,]\s*)in(?:put)?\s*:\s*(?:an? |about |some )*"),
            (2, r"\b[a-z]{4,}s?\s*\(\s*"),
        ),
        (
            (3, r"[\s-]*-?\s*(?:each\b|apiece|per (?:request|call|image|photo|file|document|video|picture|scan|item|message|record|upload|page|clip|study|input)|a (?:piece|request|file|call|document))"),
            (3, r"[\s-]*(?:[\w-]+\s+){0,2}?" + _INPUT + r"\b"),
            (2, r"[\s-]*(?:in size|in\b(?!\s+(?:memory|ram|s3)))"),
            (4, r"\s+in\s*(?:,|;|and)\s*[^.;]{1,20}\bout\b"),
            (3, r"\s+(?:goes |comes? )?in\s*[,;]"),
            (5, r"\s+(?:goes|go|comes?) in\b"),
        ),
    ),
    "response": (
        (
            (3, r"\b(?:out comes?|answers?(?: can be| are| is| of)|response|output|results?|returns?|reply|replies|gives? back|sends? back|produces?|mask)" + _MAYBE),
            (4, r"\b(?:what comes (?:back|out)|out (?:goes?|comes?)|back comes?|comes? back(?: as| with)?|out\s*:)" + _MAYBE),
        ),
        ((3, r"[\s-]*(?:[\w-]+\s+){0,2}?" + _OUTPUT + r"\b"), (4, r"\s+out\b"), (2, r"[\s-]*(?:come|comes|go|goes)? ?back\b")),
    ),
    "memory": (
        ((4, r"\b(?:loads? in(?:to)?|loaded (?:in(?:to)?|it is|is|at)|fits? in(?:to)?|settles? at|resident(?: at)?|occup\w+)" + _FEW), (3, r"\b(?:memory|ram|resident|vram)" + _MAYBE), (2, r"\b(?:once loaded|loaded|in memory)" + _FEW)),
        ((4, r"[\s-]*(?:of\s+)?(?:gpu\s+)?(?:memory|ram|vram)\b"), (4, r"[\s-]*(?:[\w-]+\s+){0,3}in (?:memory|ram)\b"), (2, r"[\s-]*(?:when|once) loaded")),
    ),
    "duration": (
        (
            (3, r"\b" + _WORK + r"(?:\s+(?:for|up to|about|around|between|roughly|nearly|some|only|just|itself|a|the|it|needs?|takes?|is|of|under|less than|more than|over|at most|on average|time|in)){0,4}\s*[:=(~]?\s*"),
            (2, r"\b" + _WORK + _FEW),
            (2, r"\beach\s+(?:is|in|about)?\s*"),
            (3, r"(?:processing|compute|inference|model|scoring|run) (?:time|duration)" + _MAYBE),
        ),
        (
            (3, r"[\s-]*(?:each\b|per " + _THING + r"\b|a (?:piece|request|call|document|picture|page|file|clip)\b|for (?:each|every|one|a|an|the) )"),
            (3, r"[\s-]*(?:of|on)?\s*(?:pure\s+)?(?:cpu|gpu|compute|computing|processing|work|inference|crunching|model time)\b"),
            (2, r"[\s-]*(?:to (?:score|compute|process|run|predict|analy\w+|generate|finish|come back|render|answer|transcribe|classify)|on (?:average|it|a|an|cpu|gpu)\b|in the (?:model|extractor))"),
        ),
    ),
    "latency": (
        (
            (3, r"\b(?:latency|p\d\d(?:\.\d)?|response time|deadline|sla|slo|answer time|time ?limit|time ?out budget|budget)" + _MAYBE),
            (3, r"\b(?:within|inside|in (?:less|under) than|in under|in at most|no later than|in)\s+(?:less than\s+|at most\s+|about\s+|the\s+)?"),
            (3, r"\b(?:wait|waits|waiting|wait up to|patience|tolerate\w*)" + _MAYBE),
            (2, r"\b(?:answer|answers|respond|response|responses|reply|back|returned?|result|results|must|need|needed|target|see|see the finding|finding|decision|deliver\w*)" + _FEW),
            (2, r"\b(?:under|below|sub-?|less than)\s*"),
        ),
        (
            (3, r"[\s-]*(?:p\d\d|at p\d\d|at the \d+th|latency|response|answers?|deadline|sla|budget|target|limit for|end to end)"),
            (3, r"[\s-]*(?:later|until the (?:answer|output|result)|is (?:fine|ok|okay|good enough|acceptable|enough)|no problem|or the\b|(?:are|would be) (?:fine|ok))"),
        ),
    ),
    "requests": (
        (
            (3, r"\b(?:requests?|calls?|traffic|load|rate|rps|qps|throughput|invocations?|predictions?|volume)" + _MAYBE),
            (2, r"\b(?:come|comes|arrive\w*|receive\w*|serve\w*|handle\w*|get|gets|sees?|used|called|asked|at|about|around|only|maybe|steady|some)" + _FEW),
        ),
        ((2, r"[\s-]*(?:requests|calls|predictions|in|of (?:them|these|those)|each|day and night|all day|on average|at peak|by hand|,|\.|;|$)"),),
    ),
    "peak_requests": (
        ((5, r"\b(?:peaks?|bursts?|spikes?|busiest (?:hour|minute|day))(?:\s+(?:load|traffic|rate|of|is|at|around|about)){0,3}\s*[:=]?\s*"),
         (3, r"\b(?:peaks?|rush|busiest|bursts?|spikes?)" + _MAYBE),
         (2, r"\b(?:at|up to)\s*")),
        ((4, r"[\s-]*(?:[\w-]+\s+){0,2}?(?:at|in|during) (?:the |our )?(?:peak|rush|busiest|burst)"),),
    ),
    "concurrency": ((), ((4, r"[\s-]*(?:[\w-]+\s+){0,3}?(?:at the same time|in flight|concurrent\w*|in parallel|simultaneous\w*|at once|at a time)"),)),
    "image_size": _BOX,
    "total_size": (
        ((3, r"\b(?:dataset|data set|extract|export|dump|total|altogether|all in all)" + _MAYBE),),
        (
            (3, r"[\s-]*(?:of\s+)?(?:[\w-]+\s+){0,1}?(?:data|dataset|extract|export|dump|a (?:day|night|month))\b"),
            (5, r"[\s-]*(?:of\s+)?(?:[\w-]+\s+){0,2}?(?:in total|altogether|in all|together|all told|overall)\b"),
        ),
    ),
    "records": (
        (
            (2, r"\b(?:score|scores|scored|scoring|all|process\w*|predict\w*|exports?|for|rebuild\w*|embeddings? for|whole|classify|rate)\s+(?:the|all|our|some|about|of|only|around|a|csv|with|new)?\s*(?:[\w-]+\s+){0,2}"),
        ),
        (
            (3, r"[\s-]*(?:of\s+)?(?:[\w-]+\s+){0,3}?(?:rows?|records?|customers?|contacts?|users?|lines?|readings?|items?|texts?|accounts?|documents?|images?|photos?|policies|products?|reviews?|transactions?|claims?|articles?|files?|pictures?|messages?|emails?|properties|listings?|members?|patients?|households|parcels|loans|tweets|tickets|invoices|scans)\b"),
        ),
    ),
    "model_count": (
        ((2, r"\b(?:hosts?|serve|one model per|host|hosting|has|have|with|are|all)" + _FEW),),
        (
            (4, r"[\s-]*(?:(?!one\b)[\w-]+\s+){0,3}?(?:models?|llms?|adapters?|artifacts?|loras?|networks?|regressors?|classifiers?|forests|variants of the model)\b"),
            (3, r"[\s-]*(?:[\w-]+\s+){0,2}?(?:stores?|customers?|merchants?|clients?|tenants?|brands?|cities|countries|accounts?|endpoints?|shops?|regions?|hospitals|branches|sites|languages),?\s*(?:[\w,]+\s+){0,6}?(?:one|each|own|a model|model)\b"),
            (2, r"[\s-]*(?:tenants?|endpoints?)\b"),
        ),
    ),
    "containers": ((), ((4, r"[\s-]*(?:[\w-]+\s+){0,2}?(?:containers?|images?|steps|stages|frameworks?)\b"),)),
    "first_share": (
        (
            (3, r"\b(?:with|first|start|begin|give|send|sends|only|move|shift|route|expose|canary|steps? of|tranches of|increments? of|chunks? of|another)" + _FEW),
            (2, r"\b(?:traffic|requests|users)" + _MAYBE),
        ),
        ((3, r"[\s-]*(?:of\s+)?(?:the |all |our |live |production )*(?:traffic|requests|users|calls|customers|invocations|load|steps?|first|every|each|at a time|at once|slices?|for (?:the first|an?|\d))\b"), (2, r"[\s-]*(?:steps?|increments?|every|,\s*(?:then|wait|watch))")),
    ),
    "bake": (
        (
            (3, r"\b(?:watch\w*|wait\w*|bake|baking|observe\w*|soak\w*|hold|pause|monitor\w*|look at|stays?|survived?|clean|interval|between (?:steps|each)|run)" + _FEW),
            (2, r"\b(?:for|after)\s+(?:about |another )?"),
            (3, r"\b(?:one|steps?|another|%|percent|tenth|of traffic|of the traffic|more|increments|slice)\s*(?:,|and|then)?\s*(?:in)?\s*"),
        ),
        ((3, r"[\s-]*(?:between|apart|before (?:the next|going|continuing|we)|of (?:watching|baking|observation)|bake|baking|soak|watch|each|per step|at each|and then|, then|while)"),),
    ),
    "rollout_time": (
        (
            (4, r"\b(?:total|in all|altogether|end to end|whole (?:thing|rollout|switch|move))\s*(?:is|of|under|below|at most|within|in|may|can|last|lasts|take|takes|should|must|be|about|less than){0,4}\s*"),
            (3, r"\b(?:over|within|in|during|spread over|everything after|all after|whole (?:rollout|thing|test|switch)|done in|complete[d]?(?: in| within| after)?|for|finish\w*(?: in| within| after)?|lasts?|run(?: for)?|after|takes?)\s+(?:the course of |about |a |the next |at most |some )?"),
        ),
        ((2, r"[\s-]*(?:next to|side by side|in parallel|in total|altogether|for the whole|beside|overall|of (?:side|parallel|comparison)|until|long)"),),
    ),
    "variant_count": ((), ((4, r"[\s-]*(?:[\w-]+\s+){0,2}?(?:versions?|variants?|models? (?:side|against|at once|compete)|candidates?|challengers?)\b"),)),
    "detect_within": (
        ((3, r"\b(?:know|notice|told|tell|hear|alert\w*|detect\w*|warn\w*|find out|learn)\b[^.;]{0,30}?\b(?:within|in|inside|after)\s+(?:the\s+|an?\s+|about\s+|at most\s+)?"), (2, r"\b(?:within|inside)\s+(?:the\s+)?"), (3, r"\b(?:know|notice|told|hear|alert\w*|detect\w*|warn\w*|find out|learn)\b[^.;,]{0,24}?")),
        ((2, r"[\s-]*(?:later|at most|at the latest|after (?:it|that|the))"),),
    ),
    "runs": (
        ((2, r"\b(?:compare|last|all|of|some|about|over)\s+(?:the |our |my |last |some )*"),),
        ((4, r"[\s-]*(?:[\w-]+\s+){0,3}?(?:runs?|trials?|experiments?|training jobs?|jobs?|trainings|tries|attempts|sweeps?)\b"),),
    ),
    "label_delay": (
        (
            (3, r"\b(?:labels?|outcomes?|truth|result|results|known|confirmed|settled|chargebacks?|defaults?|we learn|we know|feedback|actuals)\b[^.;]{0,40}?"),
        ),
        ((2, r"[\s-]*(?:later|after|until|behind|old|delay|to (?:come|arrive|mature|settle))"),),
    ),
    "training_time": (
        (
            (3, r"\b(?:train\w*|retrain\w*|full run|run|runs|job|jobs|fine-?tun\w*|epoch|fit|rebuild)\b" + _FEW),
            (2, r"\b(?:takes?|took|lasts?|costs?|needs?|runs?)\s+(?:about |around |some |us |only |up to |at most |roughly |nearly |over |a )*"),
        ),
        ((3, r"[\s-]*(?:of\s+|-\s*)?(?:[\w-]+\s+){0,2}?(?:train\w*|retrain\w*|jobs?|runs?|fine-?tun\w*|on (?:one|a|\d|eight|four|two|gpu|p\d|g\d))\b"),),
    ),
    "freshness": (
        ((4, r"\b(?:stale|outdated|old news|worthless|out of date)" + _FEW), (3, r"\b(?:within|in|after|inside|no older than|older than|react\w*|learn\w*|fresh\w*|adapt\w*|up to date|know)" + _FEW),),
        ((2, r"[\s-]*(?:after|later|old|of (?:the|an|a|new)|fresh)"),),
    ),
    "utilization": (
        ((3, r"\b(?:utili[sz]ation|cpu|gpu|busy|load|used|idle|at|sits?|sit at|run at|average|loaded|usage)" + _MAYBE),),
        ((3, r"[\s-]*(?:of (?:the |its )?(?:cpu|gpu|capacity|time)|cpu|gpu|utili[sz]\w+|busy|load|used|on average|average|usage)"),),
    ),
    "candidates": ((), ((4, r"[\s-]*(?:[\w-]+\s+){0,2}?(?:instance types?|configurations?|instances? to compare|candidates?|types|combinations)\b"),)),
    "test_time": (((5, r"\b(?:load tests?|benchmarks?)" + _FEW), (3, r"\btests?" + _FEW)), ((3, r"[\s-]*(?:[\w-]+\s+){0,1}?(?:load tests?|tests?|benchmarks?)\b"),)),
    "pipeline_steps": ((), ((4, r"[\s-]*(?:[\w-]+\s+){0,2}?(?:steps?|stages?|tasks)\b"),)),
    "horizon": (
        ((4, r"\b(?:next|commit\w*|will for|coming|(?:for|runs?|is|goes on|lasts?|stays?) (?:at least )?another)" + _FEW), (2, r"\b(?:for|over|at least|run for|another|plan|until|go on|just this)" + _FEW)),
        ((2, r"[\s-]*(?:ahead|more|at least|or longer|from now|project|contract|commitment|to come)"),),
    ),
    "dataset_size": (
        ((3, r"\b(?:data ?set|training (?:data|set)|data|reads?|copies|copying|downloads?|loads?|loading|images|corpus)" + _MAYBE),),
        ((4, r"[\s-]*(?:of\s+)?(?:[\w-]+\s+){0,3}?(?:data ?sets?|training|data|images?|corpus|parquet|from s3|text|video|records|tfrecords?|to the (?:instance|disk)|onto)\b"),),
    ),
    "keep_for": (
        ((4, r"\b(?:by law|auditors?|regulat\w+|the law|legal\w*|compliance)\s*(?:want|wants|demand|demands|ask|asks|say|says|require|requires|it is|for|,|:|we keep){0,2}\s*"), (4, r"\b(?:keep|kept|retain\w*|retention|stored?|needed|delete\w*(?: after)?|older than|archive\w*)" + _FEW), (1, r"\b(?:for|after)\s+(?:the |about )?")),
        ((2, r"[\s-]*(?:then|they|nobody|it (?:can|may)|can be|by law|retention|and then|at least)"),),
    ),
    "keep_logs": (
        ((4, r"\b(?:keep|kept|retain\w*|retention|stored?|available|searchable|for|after|older than|archive\w*|delete\w*)" + _FEW),),
        ((2, r"[\s-]*(?:of logs|retention|back|and be|by law)"),),
    ),
    "training_nodes": ((), ((4, r"[\s-]*(?:[\w.-]+\s+){0,2}?(?:nodes?|instances?|machines?|hosts?|boxes|workers|ml\.\w+)\b"),)),
    "subnets": ((), ((4, r"[\s-]*(?:[\w-]+\s+){0,2}?subnets?\b"),)),
    "security_groups": ((), ((4, r"[\s-]*(?:[\w-]+\s+){0,2}?security groups?\b"),)),
    "resolution": (
        ((3, r"\b(?:resolution|every|points?|granularity|metric\w*|period|number|count|interval|sampled?)" + _FEW),),
        ((3, r"[\s-]*(?:resolution|granularity|period|intervals?|points?|apart|metrics?)\b"),),
    ),
    # Meanings that no question asks for.
    "~model": (
        (
            (6, r"\b(?:artifacts?|artefacts?|model files?|tarball|model\.tar\.gz)\s*\(?\s*(?:(?:is|are|of|weighs?|has|have|with|:|=|about|around|some|each)\s*){0,3}"),
            (3, r"\b(?:model(?: file| artifact)?|artifacts?|weights?|checkpoints?|models? (?:is|are|of)|tarball)\s*\(?\s*(?:is|are|of|weighs?|has|with|:|=|about|around|some|each){0,3}\s*"),),
        ((4, r"[\s-]*-?\s*(?:[\w-]+\s+){0,1}?" + _MODEL + r"(?: (?:artifact|file|size))?\b"), (6, r"[\s-]*(?:on disk|of weights|parameters)")),
    ),
    "~box": _BOX,
    "~data": (
        ((2, r"\b(?:dataset|data set|extract|export|dump|table|history|total|bucket|archive|altogether|all in all)" + _MAYBE), (3, r"\b(?:file|csv) (?:of|is)\s*(?:about )?")),
        ((3, r"[\s-]*(?:of\s+)?(?:[\w-]+\s+){0,1}?(?:data|dataset|extract|export|dump|csv|file split|total|in total|altogether|of it|history|in s3|archive|a (?:day|night|month)|per (?:day|night|month))\b"),),
    ),
    "~startup": (
        ((6, r"\b(?:start-?up(?: time)?|boot\w*|cold starts?|instance start|provision\w*|launch\w*|warm-?up|loads?|loading|download\w*|pull\w*|starting|to start|comes? up|scale-?out)" + _FEW),),
        ((6, r"[\s-]*(?:[\w-]+\s+){0,1}?(?:cold start|start-?up|to (?:start|boot|load|launch|come up|warm|download)|boot|warm-?up|before (?:that|it|the job)|instance start|of waiting)"),),
    ),
    "~job": (
        ((4, r"\b(?:the|our|whole|nightly|entire|full|batch|night's|this)\s+(?:[\w-]+\s+)?(?:job|run|batch|pass|scoring|transform|file|night)\b[^.;]{0,45}?\b(?:takes?|took|runs?|ran|lasts?|needs?|is done|is over|finish\w*)\s*(?:about|around|for|in|within|after|some|up to|nearly|roughly|over){0,2}\s*"), (3, r"\b(?:all of (?:it|them)|everything|the lot|altogether|in total)\b" + _FEW)),
        ((4, r"[\s-]*(?:in all|in total|altogether|for (?:everything|all of|the whole|the lot|the full)|per (?:job|run|batch|night))\b"),),
    ),
    "~event": (((6, r"\b(?:meetings?|lunch|workshop|demo|interview|lecture|flight|trip|drive|commute|break|shift|sprint|conference|holidays?|vacation|talk|presentation|course)\s+(?:[\w-]+\s+){0,2}?(?:lasts?|takes?|took|is|are|was|goes on|ends?|starts?)?\s*(?:for|about|in|after|within|only)?\s*"),),
        ((6, r"[\s-]*(?:meeting|lunch|workshop|demo|interview|lecture|flight|trip|drive|commute|break|sprint|conference|holiday|vacation|talk|presentation|course)\b"),)),
    "~clip": (((3, r"\b(?:clips?|recordings?|videos?|calls?|songs?|audio|episodes?|footage|movies?)\s*(?:of|is|are|last|lasts|lasting|about|up to|at|take){1,3}\s*"),),
        ((4, r"[\s-]*-?\s*(?:long\s+)?(?:[\w-]+\s+){0,1}?(?:clips?|recordings?|videos?|footage|audio|speech|of (?:audio|video|speech|sound|music)|episodes?|calls|songs?|long\b)"),)),
    "~past": (((3, r"\b(?:for the (?:last|past)|the (?:last|past)|used to|previously|in the (?:last|past)|since|went from|from|was|were|until (?:now|last)|ago|before|old)\s*(?:[\w'-]+\s+){0,2}"),),
        ((3, r"[\s-]*(?:ago|before|back then|earlier|until (?:now|we|somebody)|went by|old\b|of history)"),)),
    "~limit": (((3, r"\b(?:gives? up after|timeout|timed out|times? out|cuts? \w+ off|cut off (?:at|after)|limit|quota|error|exceeds?|set|raised?|raising|put|from|to)\b[^.;,]{0,25}?"),),
        ((3, r"[\s-]*-?\s*(?:limit|timeout|quota|cap|error|hour limit|(?:it )?made no)\b"),)),
    "~money": ((), ((3, r"[\s-]*(?:a month|monthly|bill|budget|cheaper|dollars?|of (?:the )?(?:bill|cost|budget))"),)),
    "~name": (
        ((4, r"\b(?:version|variant|release|build|ticket|candidate|article|chapter|iso|section|python|tls|v|case|policy|lead|number|no\.?|#|epoch|step|http|error|code|class(?:es)?|question|page|item|room|team|in (?:19|20)\d\d|since|march|april|may|june|july|january|february|august|september|october|november|december|region|q)\s*"),),
        ((3, r"[\s-]*(?:x\s*\d|px|pixels?|th\b|nd\b|rd\b|classes|features?|columns?|dimensions?|layers?|epochs?|lines of|parameters?|params)"),),
    ),
    "~people": ((), ((4, r"[\s-]*(?:[\w-]+\s+){0,2}?(?:people|persons?|engineers?|scientists?|developers?|users|teams?|employees|members|colleagues|analysts|hospitals|countries|languages|offices|years old|accounts|departments|researchers|students|men|women|staff)\b"),)),
    "~cycle": (
        ((3, r"\b(?:check\w*|report\w*|job|monitor\w*|every|schedule\w*|retrain\w*|batch\w*|run\w*|export\w*|refresh\w*|once|twice)" + _FEW),),
        ((2, r"[\s-]*(?:job|run|check|report|export|schedule)"),),
    ),
}
# fmt: on
_WIDE = 70
# A cue of this weight behind a number is a noun, and directly behind it counts so much more.
_NOUN, _DIRECT = 4, 2


# Readings of one text on several decisions ask for the same cues again.
_KEPT = 4096


@dataclass(frozen=True, slots=True)
class Cue:
    """A pattern for one side of a number, and how strongly it speaks for a meaning."""

    weight: int
    pattern: re.Pattern[str]


@cache
def _cues_of(meaning: str) -> tuple[tuple[Cue, ...], tuple[Cue, ...]]:
    """The cues of one meaning, before a number and behind it."""
    front, back = _CUES.get(meaning, ((), ()))
    return (
        tuple(Cue(w, re.compile(p + "$")) for w, p in front),
        tuple(Cue(w, re.compile(p)) for w, p in back),
    )


@lru_cache(_KEPT)
def cues_near(before: str, behind: str, meaning: str) -> tuple[int, int]:
    """How strongly the lower-case words before a number and behind it speak for a meaning."""
    front, back = _cues_of(meaning)
    before, behind = before[-_WIDE:], behind[:_WIDE]
    said = [cue.weight for cue in front if cue.pattern.search(before)]
    follows = [_behind(cue, found) for cue in back if (found := cue.pattern.match(behind))]
    return max(said, default=0), max(follows, default=0)


def _behind(cue: Cue, found: re.Match[str]) -> int:
    """ "Three subnets": a noun directly behind a count says what is counted."""
    direct = cue.weight >= _NOUN and found[0].strip(" -").isalpha()
    return cue.weight + direct * _DIRECT
