/**
 * The wrapper of the Basis transcoder evaluates small functions that it writes as text. A policy
 * that allows this would allow it to everything in the frame. These are the same two functions as
 * closures over the surrounding names.
 */
const REPLACEMENTS: readonly (readonly [string, string])[] = [
  [
    // A call into the transcoder: convert the arguments, call, free the converted arguments,
    // convert the result.
    'newFunc(Function,args)(...closureArgs)',
    `(function(...given){
      if(given.length!==argCount-2)throwBindingError(humanName+' takes '+(argCount-2)+' arguments');
      const made=needsDestructorStack?[]:null;
      const self=isClassMethodFunc?[argTypes[1].toWireType(made,this)]:[];
      const wired=self.concat(given.map((value,index)=>argTypes[index+2].toWireType(made,value)));
      const answer=cppInvokerFunc(cppTargetFunc,...wired);
      if(needsDestructorStack)runDestructors(made);
      else wired.forEach((value,index)=>{
        const free=argTypes[index+2-self.length].destructorFunction;
        if(free!==null)free(value);
      });
      return returns?argTypes[0].fromWireType(answer):undefined;
    })`,
  ],
  [
    // A call from the transcoder to a method of an object here: read the arguments from its memory
    // in order.
    'newFunc(Function,params)(...args)',
    `(function(target,method,destructors,packed){
      let at=packed;
      const given=types.map((type)=>{
        const value=type.readValueFromPointer(at);
        at+=type.argPackAdvance;
        return value;
      });
      const answer=kind===1?new method(...given):kind===0?method.call(target,...given):method.call(...given);
      return retType.isVoid?undefined:emval_returnValue(retType,destructors,answer);
    })`,
  ],
];

/**
 * The wrapper's source without evaluated text. Throws if the replaced code is not in it exactly
 * once.
 */
export function withoutEval(source: string): string {
  return REPLACEMENTS.reduce((changed, [evaluated, closure]) => {
    if (changed.split(evaluated).length !== 2)
      throw new Error('the Basis transcoder has changed: see basis-without-eval.ts');
    return changed.replace(evaluated, () => closure);
  }, source);
}
