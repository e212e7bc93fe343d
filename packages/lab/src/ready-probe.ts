import { request } from 'node:https'
import { at, listAt, textAt } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import type { KubeClient } from '@orbweaver/kube/client'
import { mutatingWebhookConfigurations, services } from '@orbweaver/kube/resources'
import { type Directory, resolve } from './connect-target.ts'

/** A port of a Service as an operator in the cluster would dial it. */
export type ServicePort = { readonly name: string; readonly namespace: string; readonly port: number }

const deadlineMs = 3_000

/** The CA that the cluster's webhooks trust for this Service: istiod wrote it there. */
const caOf = async (api: KubeClient, { name, namespace }: ServicePort): Promise<string> => {
  const { items } = await api.list(mutatingWebhookConfigurations)
  const configs = items.flatMap((each) => listAt(each, 'webhooks')).map((webhook) => at(webhook, 'clientConfig'))
  const bundle = configs.find(
    (config) => textAt(config, 'service', 'name') === name && textAt(config, 'service', 'namespace') === namespace,
  )
  return Buffer.from(textAt(bundle, 'caBundle') ?? '', 'base64').toString()
}

const hostOf = (service: KubernetesObject): string =>
  textAt(service, 'spec', 'type') === 'ExternalName'
    ? (textAt(service, 'spec', 'externalName') ?? '')
    : (textAt(service, 'spec', 'clusterIP') ?? '')

const ask = (port: number, servername: string, ca: string): Promise<void> =>
  new Promise((done, fail) => {
    const options = { host: '127.0.0.1', port, path: '/ready', servername, ca, timeout: deadlineMs, agent: false }
    const call = request(options, (answer) => {
      answer.resume()
      if (answer.statusCode === 200) done()
      else fail(new Error(`readiness probe answered ${answer.statusCode ?? 0}`))
    })
    call.on('timeout', () => call.destroy(new Error(`no answer after ${deadlineMs / 1000} s`)))
    call.on('error', fail)
    call.end()
  })

/** Asks `https://<service>.<namespace>.svc/ready` the way a call from inside the cluster would go; rejects with the reason. */
export const probeReady = async (
  cluster: { readonly name: string; readonly api: KubeClient; readonly directory: Directory },
  port: ServicePort,
): Promise<void> => {
  const service = await cluster.api.get(services, { namespace: port.namespace, name: port.name })
  const resolution = await resolve(cluster.directory, { cluster: cluster.name, host: hostOf(service), port: port.port })
  if ('refusal' in resolution) throw new Error(resolution.refusal)
  await ask(resolution.port, `${port.name}.${port.namespace}.svc`, await caOf(cluster.api, port))
}
