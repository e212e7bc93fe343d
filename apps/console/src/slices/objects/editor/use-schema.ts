import { isRecord } from '@orbweaver/contracts/json'
import type { Schema } from '@orbweaver/ui/yaml-editor'
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { api } from '../../../api/api.ts'

export type KindSchema = { schema: Schema | undefined; error: Error | null }

/** The schema that the cluster itself serves for a kind: it changes with upgrades of Istio, not while one types. */
export function useKindSchema(of: { cluster: string; group: string; kind: string } | undefined): KindSchema {
  const { cluster = '', group = '', kind = '' } = of ?? {}
  const query = useQuery(
    api.objects.schema.queryOptions({
      input: { cluster, group, kind },
      enabled: of !== undefined && cluster !== '',
      staleTime: 10 * 60_000,
    }),
  )
  const data = query.data?.schema
  const schema = useMemo(() => (isSchema(data) ? data : undefined), [data])
  return { schema, error: query.error }
}

/** A CRD's openAPIV3Schema is what the editor reads; its fields are looked at one by one there. */
function isSchema(value: unknown): value is Schema {
  return isRecord(value)
}
