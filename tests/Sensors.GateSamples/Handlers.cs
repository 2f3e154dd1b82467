using System;

namespace Sensors.GateSamples
{
    public static class BadHandlers
    {
        public static void Run(Action work)
        {
            try
            {
                try
                {
                    try
                    {
                        try
                        {
                            try
                            {
                                try
                                {
                                    try
                                    {
                                        work();
                                    }
                                    catch (InvalidOperationException)
                                    {
                                    }
                                }
                                catch (ArgumentException)
                                {
                                }
                            }
                            finally
                            {
                                work();
                            }
                        }
                        finally
                        {
                            work();
                        }
                    }
                    finally
                    {
                        work();
                    }
                }
                finally
                {
                    work();
                }
            }
            finally
            {
                work();
            }
        }
    }

    public static class GoodHandlers
    {
        public static void Run(Action work)
        {
            for (int i = 0; i < 9; i++)
            {
                try
                {
                    work();
                }
                catch (ArgumentException)
                {
                    try
                    {
                        work();
                    }
                    finally
                    {
                        work();
                    }
                }
                catch (InvalidOperationException)
                {
                }
            }
        }
    }
}
