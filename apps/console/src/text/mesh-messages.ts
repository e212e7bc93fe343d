import { meshText as meshEn } from '@orbweaver/istio/blueprints/text.en'
import { meshText as meshZh } from '@orbweaver/istio/blueprints/text.zh'
import { preflightText as preflightEn } from '@orbweaver/istio/preflight/text.en'
import { preflightText as preflightZh } from '@orbweaver/istio/preflight/text.zh'
import { en } from './mesh-messages.en.ts'
import { zh } from './mesh-messages.zh.ts'
import { defineMessages, type Sentences } from './messages.ts'

type Nested = { [key: string]: string | Nested }
type Meaning = { mesh: typeof meshEn; preflight: typeof preflightEn }

/**
 * The sentences of packages/istio under the codes the wire carries them by: `check.<id>`, `fix.<code>`,
 * `stage.<name or reason>`, `blocker.<code>`. Everything that shows a check, a stage or a plan of a mesh or cluster
 * imports this file for its effect.
 */
export function meaningSentences({ mesh, preflight }: Meaning): Sentences {
  return {
    ...flat('check', preflight.check),
    ...flat('fix', preflight.fix),
    ...flat('stage', mesh.stage),
    ...flat('stage', mesh.gate),
    ...flat('stage', mesh.timeout),
    ...flat('blocker', mesh.blocker),
    ...flat('blocker-fix', mesh.blockerFix),
    ...flat('meshes', mesh.problem),
    ...flat('check.meshes', mesh.problem),
  }
}

/** Blanks there are i18next's `{{name}}`; the console writes `{name}` everywhere. */
function flat(prefix: string, texts: Nested): Sentences {
  const out: Sentences = {}
  for (const [key, value] of Object.entries(texts)) {
    if (typeof value === 'string') out[`${prefix}.${key}`] = value.replace(/\{\{(\w+)\}\}/g, '{$1}')
    else Object.assign(out, flat(`${prefix}.${key}`, value))
  }
  return out
}

defineMessages(
  { ...meaningSentences({ mesh: meshEn, preflight: preflightEn }), ...en },
  { ...meaningSentences({ mesh: meshZh, preflight: preflightZh }), ...zh },
)
