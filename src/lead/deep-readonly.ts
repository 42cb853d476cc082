/** A type whose properties and lists are readonly at every depth. */
export type DeepReadonly<Type> = { readonly [Key in keyof Type]: DeepReadonly<Type[Key]> }
