import { fits } from '../../fits.ts'
import { shared } from '../../once-a-run.ts'

export const weighing = (weight: number) => ({
  hosts: ['shop.example.com'],
  http: [{ route: [{ destination: { host: 'shop' }, weight }] }],
})

/** The path of a VirtualService that istiod would refuse, and that was there before istiod could be asked. */
export const refusedRule = shared(async ({ ask, at }): Promise<string> => {
  const path = at('networking.istio.io/v1/virtualservices')
  const metadata = { name: 'before' }
  const body = { apiVersion: 'networking.istio.io/v1', kind: 'VirtualService', metadata, spec: weighing(-1) }
  fits(await ask(path, { body }), { status: 201 })
  return `${path}/before`
})
