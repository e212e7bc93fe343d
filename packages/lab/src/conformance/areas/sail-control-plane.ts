import { listAt, textAt } from '@orbweaver/contracts/json'
import { only } from '../breakage.ts'
import type { Area } from '../check.ts'
import { fits, including, something } from '../fits.ts'
import { answering, withoutAnswered } from '../forms.ts'
import { controlPlane } from './control-plane.ts'
import { brought, labelsOf, plane } from './sail-plane.ts'
import { admission, rbac, said, sail, settles, silent, wordless } from './sail.ts'

const unlabelled = withoutAnswered(['metadata', 'labels'])

const read = (text: string | undefined): unknown => JSON.parse(text ?? 'null')

export const sailControlPlane: Area = {
  title: 'Sail control plane',
  shares: [controlPlane],
  checks: [
    plane(
      'An Istio whose istiod is ready is Healthy, in three conditions without a message.',
      silent('istios'),
      (scene, { istio, revision }) =>
        settles(scene, `${sail}/istios/${istio}`, {
          metadata: { generation: 1 },
          status: {
            observedGeneration: 1,
            state: 'Healthy',
            activeRevisionName: revision,
            revisions: { total: 1, ready: 1, inUse: 1 },
            conditions: ['Reconciled', 'Ready', 'DependenciesHealthy'].map((type) => ({
              ...said(`${type} True ${type}`),
              lastTransitionTime: /Z$/,
            })),
          },
        }),
    ),
    plane(
      'Its revision says the same, and that it is in use, since a tag points at it.',
      wordless('istiorevisions'),
      (scene, { revision }) =>
        settles(scene, `${sail}/istiorevisions/${revision}`, {
          status: {
            state: 'Healthy',
            conditions: [
              said('Reconciled True Reconciled'),
              said('Ready True Ready'),
              said('DependenciesHealthy True DependenciesHealthy'),
              said('InUse True ReferencedByWorkloads', 'Referenced by at least one pod or namespace'),
            ],
          },
        }),
    ),
    brought(
      'istiod is a Deployment named after the revision, which selects its Pods by it.',
      withoutAnswered(['spec', 'selector']),
      {
        at: ({ within, revision }) => within(`apps/v1/deployments/istiod-${revision}`),
        is: ({ revision }) => {
          const podLabels = {
            app: 'istiod',
            istio: 'istiod',
            'istio.io/rev': revision,
            'sidecar.istio.io/inject': 'false',
            'istio.io/dataplane-mode': 'none',
          }
          return {
            metadata: { labels: { ...labelsOf(revision), app: 'istiod', istio: 'pilot' } },
            spec: {
              selector: { matchLabels: { app: 'istiod', 'istio.io/rev': revision } },
              template: { metadata: { labels: podLabels }, spec: { serviceAccountName: `istiod-${revision}` } },
            },
          }
        },
      },
    ),
    brought(
      'Its container is discovery, with the image of the version and five ports.',
      withoutAnswered(['spec', 'template', 'spec', 'containers', '*', 'ports']),
      {
        at: ({ within, revision }) => within(`apps/v1/deployments/istiod-${revision}`),
        is: () => {
          const port = (name: string, containerPort: number) => ({ name, containerPort, protocol: 'TCP' })
          const ports = [
            port('http-debug', 8080),
            port('grpc-xds', 15010),
            port('tls-xds', 15012),
            port('https-webhooks', 15017),
            port('http-monitoring', 15014),
          ]
          const container = { name: 'discovery', image: 'registry.istio.io/release/pilot:1.30.3', ports }
          return { spec: { template: { spec: { containers: [container] } } } }
        },
      },
    ),
    brought('Its Service has ports 15010, 15012, 443 and 15014.', withoutAnswered(['spec', 'ports']), {
      at: ({ within, revision }) => within(`services/istiod-${revision}`),
      is: ({ revision }) => ({
        metadata: { labels: { ...labelsOf(revision), app: 'istiod', istio: 'pilot' } },
        spec: {
          selector: { app: 'istiod', 'istio.io/rev': revision },
          ports: [
            { name: 'grpc-xds', port: 15010 },
            { name: 'https-dns', port: 15012 },
            { name: 'https-webhook', port: 443, targetPort: 15017 },
            { name: 'http-monitoring', port: 15014 },
          ],
        },
      }),
    }),
    brought('The mesh configuration is ConfigMap istio, with the values that were given.', withoutAnswered(['data']), {
      at: ({ within, revision }) => within(`configmaps/istio-${revision}`),
      is: ({ revision, namespace }) => ({
        metadata: { labels: labelsOf(revision) },
        data: {
          mesh: (text: unknown) =>
            [
              `discoveryAddress: istiod-${revision}.${namespace}.svc:15012`,
              `rootNamespace: ${namespace}`,
              'discoverySelectors:',
            ].every((each) => String(text).includes(each)),
          meshNetworks: 'networks: {}',
        },
      }),
    }),
    brought(
      'The injector’s configuration and values are ConfigMap istio-sidecar-injector.',
      withoutAnswered(['data']),
      {
        at: ({ within, revision }) => within(`configmaps/istio-sidecar-injector-${revision}`),
        is: ({ revision }) => ({
          metadata: { labels: labelsOf(revision) },
          data: { config: /policy: enabled/, values: something },
        }),
      },
    ),
    plane(
      'What was given and what came of it is in ConfigMap values.',
      withoutAnswered(['data']),
      async ({ ask }, facts) => {
        const { body } = await ask(facts.within(`configmaps/values-${facts.revision}`))
        const [original, merged] = ['original-values', 'merged-values'].map((key) => read(textAt(body, 'data', key)))
        const forced = { revision: facts.revision, global: { istioNamespace: facts.namespace } }
        fits(original, { ...forced, meshConfig: something }, 'original')
        fits(merged, { ...forced, meshConfig: something, autoscaleMin: 1 }, 'merged')
      },
    ),
    brought('And the account that other clusters read with.', unlabelled, {
      at: ({ within }) => within('serviceaccounts/istio-reader-service-account'),
      is: () => ({
        metadata: { labels: { app: 'istio-reader', release: 'default-base', 'managed-by': 'sail-operator' } },
      }),
    }),
    brought('istiod is scaled between one and five by its processors.', withoutAnswered(['spec', 'maxReplicas']), {
      at: ({ within, revision }) => within(`autoscaling/v2/horizontalpodautoscalers/istiod-${revision}`),
      is: ({ revision }) => ({
        metadata: { labels: { ...labelsOf(revision), app: 'istiod' } },
        spec: {
          minReplicas: 1,
          maxReplicas: 5,
          scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: `istiod-${revision}` },
          metrics: [
            { type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 80 } } },
          ],
        },
      }),
    }),
    plane(
      'It has an account, a role of its own and three in the cluster, bound under their names.',
      withoutAnswered(['roleRef']),
      async ({ ask }, { within, revision, namespace }) => {
        const account = `istiod-${revision}`
        fits(await ask(within(`serviceaccounts/${account}`)), { status: 200 })
        const bound = (kind: string, name: string, subject: string) => ({
          status: 200,
          body: { roleRef: { kind, name }, subjects: [{ kind: 'ServiceAccount', name: subject, namespace }] },
        })
        const local = within(`rbac.authorization.k8s.io/v1/rolebindings/${account}`)
        fits(await ask(local), bound('Role', account, account))
        const inCluster = [
          [`istiod-clusterrole-${revision}-${namespace}`, account],
          [`istiod-gateway-controller-${revision}-${namespace}`, account],
          [`istio-reader-clusterrole-${revision}-${namespace}`, 'istio-reader-service-account'],
        ] as const
        for (const [name, subject] of inCluster) {
          fits(await ask(`${rbac}/clusterroles/${name}`), { status: 200 })
          fits(await ask(`${rbac}/clusterrolebindings/${name}`), bound('ClusterRole', name, subject))
        }
      },
    ),
    plane(
      'All that is installed for a revision is owned by it and labelled so.',
      withoutAnswered(['items', '*', 'metadata', 'ownerReferences']),
      async ({ ask }, { within, revision, namespace }) => {
        const owner = { apiVersion: 'sailoperator.io/v1', kind: 'IstioRevision', name: revision, controller: true }
        const selected = '?labelSelector=managed-by%3Dsail-operator,app.kubernetes.io/part-of%3Distio'
        const owned = (name: string) =>
          including({ metadata: { name, ownerReferences: [{ ...owner, blockOwnerDeletion: true }] } })
        for (const [path, name] of [
          [within(`apps/v1/deployments${selected}`), `istiod-${revision}`],
          [within(`services${selected}`), `istiod-${revision}`],
          [within(`configmaps${selected}`), `values-${revision}`],
          [`${admission}/mutatingwebhookconfigurations${selected}`, `istio-sidecar-injector-${revision}-${namespace}`],
          [`${rbac}/clusterroles${selected}`, `istiod-clusterrole-${revision}-${namespace}`],
        ] as const) {
          fits(await ask(path), { status: 200, body: { items: owned(name) } })
        }
      },
    ),
    plane(
      'One revision has one disruption budget at most, and none while one istiod is enough.',
      only({ path: /poddisruptionbudgets/ }, answering(['items'], [{}])),
      async ({ ask }, { within }) => {
        const { body } = await ask(within('policy/v1/poddisruptionbudgets'))
        fits({ budgets: listAt(body, 'items').length }, { budgets: 0 })
      },
    ),
  ],
}
