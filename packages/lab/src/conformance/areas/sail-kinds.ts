import type { JsonRecord } from '@orbweaver/contracts/json'
import { breaking, ignoring, ignoringHeader, stating, takingFor, takingPathFor } from '../breakage.ts'
import { type Area, check } from '../check.ts'
import { fits, including, type Shape, something } from '../fits.ts'
import { withoutAnswered } from '../forms.ts'
import type { Scene } from '../scene.ts'
import { cni, deaf, ended, istio, made, patched, revision, sail, tagOf, ztunnel } from './sail.ts'

const table = { headers: { accept: 'application/json;as=Table;v=v1;g=meta.k8s.io' } }

const columns = (plural: string, ...names: string[]) =>
  check(
    `Of ${plural} a client shows ${['Name', ...names].join(', ')}.`,
    ignoringHeader('accept'),
    async ({ ask }: Scene) =>
      fits(await ask(`${sail}/${plural}?limit=1`, table), {
        status: 200,
        body: { kind: 'Table', columnDefinitions: ['Name', ...names].map((name) => ({ name })) },
      }),
  )

const definitions = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions'

/** Never stored, and in no namespace that exists. */
const dry = (plural: string): string => `${sail}/${plural}?dryRun=All`

const kind = (name: string, plural: string, shortNames: string[] | undefined) => ({
  name: plural,
  kind: name,
  namespaced: false,
  categories: ['istio-io'],
  ...(shortNames === undefined ? {} : { shortNames }),
})
const kinds = [
  kind('Istio', 'istios', undefined),
  kind('IstioRevision', 'istiorevisions', ['istiorev']),
  kind('IstioRevisionTag', 'istiorevisiontags', ['istiorevtag']),
  kind('IstioCNI', 'istiocnis', undefined),
  kind('ZTunnel', 'ztunnels', undefined),
]

const refusedField = (field: string, message: Shape) => ({
  status: 422,
  body: { reason: 'Invalid', details: { causes: including({ field, message }) } },
})

export const sailKinds: Area = {
  title: 'Sail kinds',
  checks: [
    check(
      'Istio, IstioRevision, IstioRevisionTag, IstioCNI and ZTunnel are cluster-scoped, in category istio-io, with a status.',
      withoutAnswered(['resources', '*', 'categories']),
      async ({ ask }) =>
        fits(await ask(sail), {
          status: 200,
          body: {
            resources: including(
              ...kinds,
              ...kinds.map(({ name, kind: of }) => ({ name: `${name}/status`, kind: of })),
            ),
          },
        }),
    ),
    check(
      'IstioRevision and IstioRevisionTag have the short names istiorev and istiorevtag.',
      withoutAnswered(['resources', '*', 'shortNames']),
      async ({ ask }) => fits(await ask(sail), { status: 200, body: { resources: including(...kinds) } }),
    ),
    check(
      'ZTunnel is served as v1alpha1 too, with a warning that v1 is to be used.',
      takingPathFor(/v1alpha1/, 'v1'),
      async ({ ask }) =>
        fits(await ask('/apis/sailoperator.io/v1alpha1/ztunnels?limit=1'), {
          status: 200,
          warnings: ['sailoperator.io/v1alpha1 ZTunnel is deprecated; use sailoperator.io/v1 ZTunnel'],
        }),
    ),
    columns(
      'istios',
      'Namespace',
      'Profile',
      'Revisions',
      'Ready',
      'In use',
      'Active Revision',
      'Status',
      'Version',
      'Age',
    ),
    columns('istiorevisions', 'Namespace', 'Profile', 'Ready', 'Status', 'In use', 'Version', 'Age'),
    columns('istiorevisiontags', 'Status', 'In use', 'Revision', 'Age'),
    columns('istiocnis', 'Namespace', 'Profile', 'Ready', 'Status', 'Version', 'Age'),
    columns('ztunnels', 'Namespace', 'Ready', 'Status', 'Version', 'Revision', 'Age'),
    check(
      'An Istio that says nothing is for istio-system, InPlace, and in the newest version.',
      stating(['spec'], { updateStrategy: { type: 'RevisionBased' } }),
      async ({ ask, unique }) => {
        const body = { apiVersion: 'sailoperator.io/v1', kind: 'Istio', metadata: { name: unique('a') } }
        fits(await ask(dry('istios'), { body }), {
          status: 201,
          body: {
            spec: { namespace: 'istio-system', updateStrategy: { type: 'InPlace' }, version: 'v1.31.0-beta.1' },
          },
        })
      },
    ),
    check(
      'IstioCNI is for istio-cni and ZTunnel for ztunnel, unless they say otherwise.',
      stating(['spec', 'namespace'], 'elsewhere'),
      async ({ ask }) => {
        fits(await ask(dry('istiocnis'), { body: cni('default') }), {
          status: 201,
          body: { spec: { namespace: 'istio-cni' } },
        })
        fits(await ask(dry('ztunnels'), { body: ztunnel('default') }), {
          status: 201,
          body: { spec: { namespace: 'ztunnel' } },
        })
      },
    ),
    check(
      'A version that the operator never heard of is refused, with those it knows.',
      takingFor(['spec', 'version'], 'v1.30.3'),
      async ({ ask, unique }) =>
        fits(
          await ask(dry('istios'), { body: istio(unique('a'), { version: 'v0.1.0' }) }),
          refusedField('spec.version', /^Unsupported value: "v0\.1\.0": supported values: "v1\.31-latest", /),
        ),
    ),
    check(
      'The definition keeps versions that have ended and lists those that can be installed in the description of the field.',
      withoutAnswered([
        'spec',
        'versions',
        '*',
        'schema',
        'openAPIV3Schema',
        'properties',
        'spec',
        'properties',
        'version',
        'description',
      ]),
      async ({ ask }) => {
        const version = {
          enum: including(ended, 'v1.30-latest', 'v1.28-latest', 'v1.29.6', 'v1.21.6'),
          description: /\nMust be one of: v1\.31-latest, v1\.31\.0-beta\.1, v1\.30-latest, v1\.30\.3, .*v1\.29\.0\b/,
        }
        const spec = { properties: { version: { ...version, default: 'v1.31.0-beta.1' } } }
        fits(await ask(`${definitions}/istios.sailoperator.io`), {
          status: 200,
          body: { spec: { versions: [{ schema: { openAPIV3Schema: { properties: { spec } } } }] } },
        })
      },
    ),
    check(
      'A revision is of a version, never of an alias.',
      takingFor(['spec', 'version'], 'v1.30.3'),
      async ({ ask }) =>
        fits(
          await ask(dry('istiorevisions'), { body: revision('probe', 'nowhere', { version: 'v1.30-latest' }) }),
          refusedField('spec.version', /^Unsupported value: "v1\.30-latest"/),
        ),
    ),
    check('A profile that there never was is refused.', deaf('istios', ['spec', 'profile']), async ({ ask, unique }) =>
      fits(
        await ask(dry('istios'), { body: istio(unique('a'), { profile: 'minimal' }) }),
        refusedField('spec.profile', /^Unsupported value: "minimal": supported values: "ambient", "default", /),
      ),
    ),
    check(
      'A grace period below zero is refused.',
      deaf('istios', ['spec', 'updateStrategy']),
      async ({ ask, unique }) => {
        const updateStrategy = { inactiveRevisionDeletionGracePeriodSeconds: -1 }
        fits(
          await ask(dry('istios'), { body: istio(unique('a'), { updateStrategy }) }),
          refusedField(
            'spec.updateStrategy.inactiveRevisionDeletionGracePeriodSeconds',
            /should be greater than or equal to 0$/,
          ),
        )
      },
    ),
    check('The namespace of an Istio may not change.', deaf('istios', ['spec', 'namespace']), async (scene) => {
      const name = scene.unique('a')
      await made(scene, 'istios', istio(name, { namespace: 'one', version: ended }))
      fits(
        await scene.ask(`${sail}/istios/${name}`, patched({ namespace: 'two' })),
        refusedField('spec.namespace', /Value is immutable$/),
      )
    }),
    check(
      'global.istioNamespace of the values, if they have it, must be the namespace.',
      deaf('istios', ['spec', 'values', 'global']),
      async ({ ask, unique }) => {
        const values = { global: { istioNamespace: 'other' } }
        fits(
          await ask(dry('istios'), { body: istio(unique('a'), { values }) }),
          refusedField('spec', /spec\.values\.global\.istioNamespace must match spec\.namespace$/),
        )
      },
    ),
    check('A value of no component of Istio is unknown.', ignoring('fieldValidation'), async ({ ask, unique }) => {
      const values = { pilot: { replicaCount: 2 }, sidecars: {} }
      fits(await ask(`${dry('istios')}&fieldValidation=Strict`, { body: istio(unique('a'), { values }) }), {
        status: 400,
        body: { reason: 'BadRequest', message: /unknown field "spec\.values\.sidecars"/ },
      })
    }),
    check('The values of a revision name it.', takingFor(['spec', 'values', 'revision'], 'probe'), async ({ ask }) => {
      const values = { revision: 'other', global: { istioNamespace: 'nowhere' } }
      fits(
        await ask(dry('istiorevisions'), { body: revision('probe', 'nowhere', { values }) }),
        refusedField(
          '<nil>',
          /spec\.values\.revision must match metadata\.name or be empty when the name is 'default'$/,
        ),
      )
    }),
    check(
      'The values of the revision named default name none.',
      takingFor(['metadata', 'name'], 'probe'),
      async ({ ask }) => {
        const values = { revision: '', global: { istioNamespace: 'nowhere' } }
        fits(await ask(dry('istiorevisions'), { body: revision('default', 'nowhere', { values }) }), { status: 201 })
      },
    ),
    check(
      'A revision without values is refused.',
      breaking('what a revision lacks', (sent) => {
        sent.body = revision('probe', 'nowhere')
      }),
      async ({ ask }) => {
        const body = revision('probe', 'nowhere', { values: undefined })
        fits(await ask(dry('istiorevisions'), { body }), {
          status: 422,
          body: {
            details: {
              causes: including({
                field: 'spec',
                message: /^Invalid value: "object": no such key: values evaluating rule: /,
              }),
            },
          },
        })
      },
    ),
    check(
      'A tag has a target, which is an Istio or an IstioRevision and has a name.',
      takingFor(['spec'], { targetRef: { kind: 'Istio', name: 'a' } }),
      async ({ ask, unique }) => {
        const tag = tagOf(unique('a'), 'Istio', 'a')
        const refusal = async (spec: JsonRecord, field: string) =>
          fits(await ask(dry('istiorevisiontags'), { body: { ...tag, spec } }), refusedField(field, something))
        await refusal({}, 'spec.targetRef')
        await refusal({ targetRef: { kind: 'Deployment', name: 'a' } }, 'spec.targetRef.kind')
        await refusal({ targetRef: { kind: 'Istio', name: '' } }, 'spec.targetRef.name')
        await refusal({ targetRef: { kind: 'Istio' } }, 'spec.targetRef.name')
      },
    ),
    check(
      'IstioCNI and ZTunnel are named default.',
      takingFor(['metadata', 'name'], 'default'),
      async ({ ask, unique }) => {
        const refusal = refusedField('<nil>', /metadata\.name must be 'default'$/)
        fits(await ask(dry('istiocnis'), { body: cni(unique('a')) }), refusal)
        fits(await ask(dry('ztunnels'), { body: ztunnel(unique('a')) }), refusal)
      },
    ),
  ],
}
