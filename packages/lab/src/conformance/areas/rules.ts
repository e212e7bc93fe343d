import { type JsonRecord, recordAt } from '@orbweaver/contracts/json'
import { ignoringSent, only, takingFor } from '../breakage.ts'
import { type Area, check } from '../check.ts'
import { fits } from '../fits.ts'
import type { Answer, Scene } from '../scene.ts'
import { createCrd, customKind, objectsOf, serve, widget } from './custom-kind.ts'
import { patchType } from './objects.ts'

const rules = 'x-kubernetes-validations'

const fields: JsonRecord = {
  replicas: { type: 'integer' },
  maxReplicas: { type: 'integer' },
  name: { type: 'string', maxLength: 100 },
  immutable: { type: 'string', [rules]: [{ rule: 'self == oldSelf', message: 'is immutable' }] },
  tags: { type: 'array', maxItems: 10, items: { type: 'string', maxLength: 20 } },
  labels: { type: 'object', maxProperties: 10, additionalProperties: { type: 'string', maxLength: 20 } },
  duration: { type: 'string', maxLength: 20 },
  quantity: { type: 'string', maxLength: 20 },
  host: { type: 'string', maxLength: 100 },
}

type Kind = { create: (spec: JsonRecord) => Promise<Answer>; path: string }

/** A kind whose spec has these rules; the name of the object is `a`. */
async function ruled(scene: Scene, ...list: JsonRecord[]): Promise<Kind> {
  const kind = customKind(scene, { spec: fields, specSchema: { [rules]: list } })
  await serve(scene, kind)
  const path = objectsOf(scene, kind)
  return { path: `${path}/a`, create: (spec) => scene.ask(path, { body: widget(kind, 'a', spec) }) }
}

/** The rules of spec do not hold. */
const noRules = ignoringSent(
  ['spec', 'versions', '*', 'schema', 'openAPIV3Schema', 'properties', 'spec', rules],
  ['spec', 'versions', '*', 'schema', 'openAPIV3Schema', 'properties', 'spec', 'properties', 'immutable', rules],
)

const refused = (text: RegExp) => ({ status: 422, body: { reason: 'Invalid', message: text } })

/** One rule that refuses `bad` and accepts `good`. */
const oneRule =
  (rule: string, { bad, good }: { bad: JsonRecord; good: JsonRecord }) =>
  async (scene: Scene) => {
    const { create } = await ruled(scene, { rule, message: 'the rule speaks' })
    fits(await create(bad), refused(/spec: Invalid value: the rule speaks$|spec: Invalid value: .*: the rule speaks$/))
    fits(await create(good), { status: 201 })
  }

const merge = (body: object) => ({ method: 'PATCH', type: patchType.merge, body })

export const celRules: Area = {
  title: 'Rules of custom kinds (CEL)',
  checks: [
    check('A rule that fails is 422 with its message, and a cause.', noRules, async (scene) => {
      const { create } = await ruled(scene, { rule: 'self.replicas <= self.maxReplicas', message: 'too many replicas' })
      fits(await create({ replicas: 3, maxReplicas: 2 }), {
        status: 422,
        body: {
          message: /^Widget\.[^ ]+ "a" is invalid: spec: Invalid value: .*too many replicas$/,
          details: { causes: [{ reason: 'FieldValueInvalid', field: 'spec', message: /too many replicas$/ }] },
        },
      })
      fits(await create({ replicas: 2, maxReplicas: 2 }), { status: 201 })
    }),
    check('Without a message the rule is told.', noRules, async (scene) => {
      const { create } = await ruled(scene, { rule: 'self.replicas < 5' })
      fits(await create({ replicas: 7 }), refused(/failed rule: self\.replicas < 5$/))
    }),
    check(
      'messageExpression makes the message of the values.',
      ignoringSent([
        'spec',
        'versions',
        '*',
        'schema',
        'openAPIV3Schema',
        'properties',
        'spec',
        rules,
        '*',
        'messageExpression',
      ]),
      async (scene) => {
        const { create } = await ruled(scene, {
          rule: 'self.replicas < 5',
          messageExpression: "'have ' + self.name",
        })
        fits(await create({ replicas: 7, name: 'seven' }), refused(/have seven$/))
      },
    ),
    check(
      'reason and fieldPath of a rule are in the cause.',
      ignoringSent([
        'spec',
        'versions',
        '*',
        'schema',
        'openAPIV3Schema',
        'properties',
        'spec',
        rules,
        '*',
        'fieldPath',
      ]),
      async (scene) => {
        const { create } = await ruled(scene, {
          rule: 'self.replicas < 5',
          message: 'no',
          reason: 'FieldValueForbidden',
          fieldPath: '.replicas',
        })
        fits(await create({ replicas: 7 }), {
          status: 422,
          body: {
            details: { causes: [{ reason: 'FieldValueForbidden', field: 'spec.replicas', message: 'Forbidden: no' }] },
          },
        })
      },
    ),
    check('oldSelf rules hold for updates alone.', noRules, async (scene) => {
      const { create, path } = await ruled(scene)
      fits(await create({ immutable: 'x' }), { status: 201 })
      fits(
        await scene.ask(path, merge({ spec: { immutable: 'y' } })),
        refused(/spec\.immutable: Invalid value: .*is immutable$/),
      )
      fits(await scene.ask(path, merge({ spec: { replicas: 1 } })), { status: 200 })
    }),
    check(
      'A rule that held before may fail no more, but an unchanged field is not judged anew.',
      only({ method: 'PUT' }, takingFor(['spec', 'name'], 'older')),
      async (scene) => {
        const kind = customKind(scene, { spec: fields })
        await serve(scene, kind)
        const path = objectsOf(scene, kind)
        await scene.ask(path, { body: widget(kind, 'a', { name: 'old' }) })
        const value = [{ rule: "self != 'old'", message: 'old no more' }]
        const crd = `/apis/apiextensions.k8s.io/v1/customresourcedefinitions/${kind.plural}.${kind.group}`
        const at = '/spec/versions/0/schema/openAPIV3Schema/properties/spec/properties/name/x-kubernetes-validations'
        await scene.ask(crd, { method: 'PATCH', type: patchType.json, body: [{ op: 'add', path: at, value }] })
        await scene.eventually(
          () => scene.ask(`${path}?dryRun=All`, { body: widget(kind, 'b', { name: 'old' }) }),
          refused(/old no more$/),
        )
        const touched = await scene.ask(`${path}/a`, merge({ spec: { replicas: 2 } }))
        fits(touched, { status: 200, body: { spec: { name: 'old', replicas: 2 } } })
        const metadata = recordAt(touched.body, 'metadata')
        const put = { ...widget(kind, 'a', { name: 'older' }), metadata }
        const changed = await scene.ask(`${path}/a`, { method: 'PUT', body: put })
        fits(changed, { status: 200, body: { spec: { name: 'older' } } })
        const back = { ...widget(kind, 'a', { name: 'old' }), metadata: recordAt(changed.body, 'metadata') }
        fits(await scene.ask(`${path}/a`, { method: 'PUT', body: back }), refused(/old no more$/))
      },
    ),
    check(
      'has() asks whether an optional field is there.',
      noRules,
      oneRule('!has(self.replicas) || has(self.maxReplicas)', { bad: { replicas: 1 }, good: { maxReplicas: 1 } }),
    ),
    check(
      'all, exists and exists_one ask the items of a list.',
      noRules,
      oneRule(
        "!has(self.tags) || (self.tags.all(x, x.startsWith('t')) && self.tags.exists(x, x == 'to') && self.tags.exists_one(x, x.size() == 2))",
        { bad: { tags: ['to', 'ty'] }, good: { tags: ['to', 'the'] } },
      ),
    ),
    check(
      'filter and map make lists of lists.',
      noRules,
      oneRule("self.tags.filter(x, x != 'a').map(x, x + '!') == ['b!']", {
        bad: { tags: ['a', 'c'] },
        good: { tags: ['a', 'b'] },
      }),
    ),
    check(
      'in asks for an item of a list or a key of a map.',
      noRules,
      oneRule("'a' in self.tags && 'b' in self.labels", {
        bad: { tags: ['a'], labels: { c: 'x' } },
        good: { tags: ['a'], labels: { b: 'x' } },
      }),
    ),
    check(
      'Strings know matches, split, lowerAscii, indexOf, replace, substring and trim.',
      noRules,
      oneRule(
        "self.name.matches('^[a-zA-Z ]+$') && self.name.trim().lowerAscii().replace('x', 'y').split('-').size() == 1 && self.name.substring(0, 2) == 'ab' && self.name.indexOf('b') == 1",
        { bad: { name: 'ab1' }, good: { name: 'abX ' } },
      ),
    ),
    check(
      'Lists know isSorted, sum, min, max and indexOf.',
      noRules,
      oneRule(
        "self.tags.isSorted() && self.tags.indexOf('b') == 1 && [1, 2].sum() == 3 && [1, 2].max() == 2 && [3, 2].min() == 2",
        { bad: { tags: ['b', 'a'] }, good: { tags: ['a', 'b'] } },
      ),
    ),
    check(
      'Regular expressions may be searched: find and findAll.',
      noRules,
      oneRule("self.name.find('[0-9]+') == '12' && self.name.findAll('[a-z]').size() == 2", {
        bad: { name: 'a1b' },
        good: { name: 'a12b' },
      }),
    ),
    check(
      "Durations are compared: duration('1h') > duration('30m').",
      noRules,
      oneRule("duration(self.duration) <= duration('1h')", { bad: { duration: '90m' }, good: { duration: '60m' } }),
    ),
    check(
      "Quantities are compared: quantity('1Gi').",
      noRules,
      oneRule("isQuantity(self.quantity) && quantity(self.quantity).isLessThan(quantity('2Gi'))", {
        bad: { quantity: '2048Mi' },
        good: { quantity: '500Mi' },
      }),
    ),
    check(
      'Addresses and URLs are known: isIP, isURL, url().getHost().',
      noRules,
      oneRule('isURL(self.name) && url(self.name).getHost() == self.host && !isIP(self.host)', {
        bad: { name: 'https://a.example/x', host: 'b.example' },
        good: { name: 'https://a.example/x', host: 'a.example' },
      }),
    ),
    check(
      'A conditional and a ternary work: c ? a : b.',
      noRules,
      oneRule('has(self.maxReplicas) ? self.replicas <= self.maxReplicas : self.replicas == 1', {
        bad: { replicas: 2 },
        good: { replicas: 1 },
      }),
    ),
    check('A CRD whose rule does not compile is refused.', noRules, async (scene) => {
      const kind = customKind(scene, { spec: fields, specSchema: { [rules]: [{ rule: 'self.nobody == 1' }] } })
      fits(
        await createCrd(scene, kind),
        refused(/x-kubernetes-validations\[0\]\.rule: Invalid value: .*compilation failed/s),
      )
    }),
  ],
}
